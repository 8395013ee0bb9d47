package dev.selfheal.action;

import static dev.selfheal.action.FakeMachine.ANSWERS;
import static dev.selfheal.action.FakeMachine.SILENT;
import static dev.selfheal.action.FakeMachine.START;
import static dev.selfheal.action.FakeMachine.unit;
import static dev.selfheal.action.Targets.BY_COMMAND;
import static dev.selfheal.action.Targets.BY_UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof: how long it is waited for, and what is believed. */
@Timeout(20)
class ProofTest {
  private static final Result PROVEN = new Result(Outcome.RECOVERED, Reason.PROVEN, true);

  private final FakeMachine machine = new FakeMachine();

  static Stream<Arguments> lastLooks() {
    return Stream.of(
        Arguments.of(unit("active", "running", "bb", 20), SILENT, Reason.API_SILENT),
        Arguments.of(unit("active", "running", "aa", 10), ANSWERS, Reason.UNIT_UNCHANGED),
        Arguments.of(unit("active", "running", "aa", 10), SILENT, Reason.UNIT_UNCHANGED),
        Arguments.of(unit("active", "running", "bb", 10), ANSWERS, Reason.UNIT_UNCHANGED),
        Arguments.of(unit("active", "running", "aa", 20), ANSWERS, Reason.UNIT_UNCHANGED),
        Arguments.of(unit("failed", "failed", "bb", 0), SILENT, Reason.UNIT_NOT_ACTIVE),
        Arguments.of(unit("failed", "failed", "bb", 0), ANSWERS, Reason.UNIT_NOT_ACTIVE),
        Arguments.of(unit("active", "exited", "bb", 0), ANSWERS, Reason.UNIT_NOT_ACTIVE),
        Arguments.of(new Exited(1, "no bus"), ANSWERS, Reason.UNIT_UNREADABLE));
  }

  @ParameterizedTest
  @MethodSource("lastLooks")
  void isNotRecoveredWithoutTheWholeProof(CommandResult shown, ApiAnswer answer, Reason reason) {
    machine.act =
        () -> {
          machine.show = () -> shown;
          machine.api = () -> answer;
          return new Exited(0, "");
        };
    Report report = restart(BY_UNIT);
    assertThat(report.result()).isEqualTo(new Result(Outcome.NOT_RECOVERED, reason, true));
    assertThat(report.text())
        .contains("last seen 120.0 s after the command: ")
        .contains("\nafter: ");
  }

  @Test
  void believesTheLastLookAndNotAnEarlierOne() {
    machine.actRestarts(Duration.ofDays(1));
    machine.onPause = () -> machine.show = () -> unit("activating", "auto-restart", "cc", 0);
    Report report = restart(BY_UNIT);
    assertThat(report.result().reason()).isEqualTo(Reason.UNIT_NOT_ACTIVE);
    assertThat(report.text())
        .contains("the API does not answer: connection refused")
        .contains("after: ollama.service activating/auto-restart, InvocationID cc");
  }

  /** Over SSH it would tell of a connection for which no time was left. */
  @Test
  void aLookThatTheEndOfTheTimeCutsShortTellsLessThanTheOneBeforeIt() {
    Instant over = START.plusSeconds(120);
    machine.act =
        () -> {
          machine.show = () -> lateIn(over, unit("active", "running", "bb", 20));
          return new Exited(0, "");
        };
    Report report = restart(BY_UNIT);
    assertThat(report.result().reason()).isEqualTo(Reason.API_SILENT);
    assertThat(report.text())
        .contains("after: ollama.service active/running, InvocationID bb")
        .doesNotContain("did not say a word");
  }

  private CommandResult lateIn(Instant over, CommandResult otherwise) {
    Duration left = Duration.between(machine.clock.instant(), over);
    if (left.compareTo(Duration.ofSeconds(3)) > 0) {
      return otherwise;
    }
    machine.clock.advance(left);
    return new CommandResult.NotStarted("gpu-01:22 did not say a word within " + left);
  }

  @Test
  void believesTheFirstGoodLookAtAUnit() {
    machine.actRestarts(Duration.ZERO);
    assertThat(restart(BY_UNIT).result()).isEqualTo(PROVEN);
    assertThat(machine.looks).containsExactly(START);
    assertThat(machine.pauses).isEmpty();
  }

  @Test
  void looksLessAndLessOftenUntilTheRecoveryTimeIsOver() {
    restart(BY_UNIT);
    assertThat(machine.pauses.subList(0, 6))
        .extracting(Duration::toMillis)
        .containsExactly(500L, 750L, 1125L, 1687L, 2000L, 2000L);
    assertThat(machine.looks).allMatch(START.plusSeconds(120)::isAfter);
    assertThat(machine.clock.instant()).isEqualTo(START.plusSeconds(120));
  }

  @Test
  void countsTheRecoveryTimeFromTheEndOfTheAct() {
    machine.act = slowAct(Duration.ofSeconds(40));
    restart(BY_UNIT);
    assertThat(machine.clock.instant()).isEqualTo(START.plusSeconds(160));
  }

  @Test
  void endsTenSecondsBeforeTheDeadlineOfTheAttempt() {
    machine.act = slowAct(Duration.ofSeconds(60));
    Target target = Targets.byUnit(Duration.ofMinutes(2), Duration.ZERO);
    restart(target);
    assertThat(machine.clock.instant()).isEqualTo(START.plusSeconds(60 + 120 - 10));
    Duration last = Duration.between(last(machine.looks), START.plusSeconds(170));
    assertThat(last(machine.questionLimits)).isLessThanOrEqualTo(last);
  }

  @Test
  void doesNotLookWhenNoTimeIsLeft() {
    machine.act = slowAct(Duration.ofSeconds(60));
    machine.api = () -> ANSWERS;
    Report report = restart(Targets.byUnit(Duration.ofSeconds(5), Duration.ZERO));
    assertThat(report.result())
        .isEqualTo(new Result(Outcome.NOT_RECOVERED, Reason.API_SILENT, true));
    assertThat(report.text()).contains("no time was left to look");
    assertThat(machine.looks).isEmpty();
  }

  @Test
  void givesAQuestionFiveSecondsAtMost() {
    restart(BY_UNIT);
    assertThat(machine.questionLimits.get(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(machine.questionLimits)
        .allMatch(limit -> limit.compareTo(Duration.ofSeconds(5)) <= 0);
  }

  @Test
  void doesNotWaitForEverWhenTheClockIsSetBack() {
    machine.onPause = () -> machine.clock.advance(Duration.ofSeconds(-2));
    restart(BY_UNIT);
    assertThat(machine.pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void believesAServerWithoutAUnitOnlyWhenItAnswersForASecond() {
    machine.api = () -> ANSWERS;
    assertThat(restart(BY_COMMAND).result()).isEqualTo(PROVEN);
    assertThat(machine.looks).containsExactly(START, START.plusMillis(500), START.plusMillis(1250));
  }

  @Test
  void doesNotBelieveAServerWithoutAUnitThatFallsSilentInBetween() {
    Deque<ApiAnswer> answers =
        new ArrayDeque<>(List.of(ANSWERS, SILENT, ANSWERS, ANSWERS, ANSWERS));
    machine.api = answers::removeFirst;
    Report report = restart(BY_COMMAND);
    assertThat(report.result()).isEqualTo(PROVEN);
    assertThat(machine.looks).hasSize(4);
    assertThat(report.text()).contains("2.4 s after the command: the API answers, version 0.5.1\n");
  }

  @Test
  void isNotRecoveredWithoutAUnitWhenTheApiIsSilent() {
    Report report = restart(BY_COMMAND);
    assertThat(report.result())
        .isEqualTo(new Result(Outcome.NOT_RECOVERED, Reason.API_SILENT, true));
    assertThat(report.text()).endsWith("the API does not answer: connection refused");
  }

  private Supplier<CommandResult> slowAct(Duration takes) {
    return () -> {
      machine.clock.advance(takes);
      return new Exited(0, "");
    };
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private Report restart(Target target) {
    return machine.restart(target);
  }
}
