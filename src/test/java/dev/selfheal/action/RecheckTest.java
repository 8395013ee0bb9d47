package dev.selfheal.action;

import static dev.selfheal.action.FakeMachine.START;
import static dev.selfheal.action.Rows.page;
import static dev.selfheal.action.Rows.processes;
import static dev.selfheal.action.Rows.runner;
import static dev.selfheal.action.Rows.serve;
import static dev.selfheal.action.Rows.stalled;
import static dev.selfheal.action.Targets.BY_UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The look just before the act: what calls it off, and what does not. */
class RecheckTest {
  private static final Duration OLD = Duration.ofHours(2);
  private static final Result HEALTHY = Result.of(Outcome.NOT_NEEDED, Reason.FOUND_HEALTHY);
  private static final OneToken.Result COMPUTED = new OneToken.Result.Computed();

  private final FakeMachine machine = new FakeMachine();

  @BeforeEach
  void theActHelps() {
    machine.actRestarts(Duration.ZERO);
    machine.loaded = () -> Optional.of(List.of(Rows.model("slow", 100, 100)));
    shows(page(START, stalled("runner_stalled", 60)));
  }

  @Test
  void aStallThatIsOverCallsItOff() {
    shows(page(START, stalled("runner_stalled", 0)));
    assertThat(restart().result()).isEqualTo(HEALTHY);
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void aStallBelowItsThresholdDoesNotCallItOff() {
    shows(page(START, stalled("runner_stalled", 30)));
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void theLastWordsOfAnExporterThatDiedDoNotCallItOff() {
    shows(page(START.minusSeconds(60), stalled("runner_stalled", 0)));
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void anHourBetweenTheClocksOfTheHostsMakesNoDifference() {
    machine.clock.advance(Duration.ofHours(1));
    shows(page(START.plus(Duration.ofHours(1)), stalled("runner_stalled", 0)));
    Order order = new Order(BY_UNIT, machine.clock.instant(), START, false);
    assertThat(machine.restarter().restart(order).result()).isEqualTo(HEALTHY);
  }

  @Test
  void aTokenOfTheStalledRunnersModelCallsItOff() {
    machine.model = question -> FakeMachine.at(COMPUTED);
    assertThat(restart().result()).isEqualTo(HEALTHY);
    assertThat(machine.questions).containsExactly(new OneToken("slow", 4096, 300));
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void aModelThatDoesNotAnswerInTimeProvesNothing() {
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scheduler_deadlock",
        "api_dead",
        "unload_wedged",
        "load_stalled",
        "runner_stopped"
      })
  void noModelIsAskedWhereItsAnswerWouldDisproveNothing(String reason) {
    shows(page(START, stalled(reason, 60)));
    machine.act = () -> new Exited(1, "");
    restart();
    assertThat(machine.questions).isEmpty();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void noModelIsAskedWhereItIsNotCertainWhichIsMeant() {
    machine.loaded =
        () -> Optional.of(List.of(Rows.model("slow", 100, 100), Rows.model("tiny", 10, 10)));
    machine.act = () -> new Exited(1, "");
    restart();
    assertThat(machine.questions).isEmpty();
  }

  @Test
  void ofSeveralModelsTheOneWhoseRunnerStallsIsAsked() {
    machine.loaded =
        () -> Optional.of(List.of(Rows.model("slow", 100, 100), Rows.model("tiny", 10, 10)));
    shows(stalledModel("tiny"));
    machine.model = question -> FakeMachine.at(COMPUTED);
    assertThat(restart().result()).isEqualTo(HEALTHY);
    assertThat(machine.questions).containsExactly(new OneToken("tiny", 4096, 300));
  }

  @Test
  void noModelIsAskedIfTheOneWhoseRunnerStallsIsNotLoaded() {
    shows(stalledModel("tiny"));
    machine.act = () -> new Exited(1, "");
    restart();
    assertThat(machine.questions).isEmpty();
  }

  private static String stalledModel(String name) {
    return page(
        START,
        stalled("runner_stalled", 60),
        "|ollama_frozen_model_info{model=\"" + name + "\",} 1.0\n");
  }

  @Test
  void noModelIsAskedIfTheConfigurationForbidsIt() {
    Target quiet = Targets.withoutCanary();
    machine.act = () -> new Exited(1, "");
    machine.restart(quiet);
    assertThat(machine.questions).isEmpty();
  }

  @Test
  void aPersonWhoAsksIsNotToldThatItIsHealthy() {
    shows(page(START, stalled("runner_stalled", 0)));
    machine.model = question -> FakeMachine.at(COMPUTED);
    machine.restarter().restart(new Order(BY_UNIT, START, START, true));
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void aServerThatSomebodyHasRestartedSinceTheNewsIsLeftAlone() {
    shows(processes(serve(10, 'S', Duration.ofSeconds(20))));
    Report report = restart();
    assertThat(report.result()).isEqualTo(Result.of(Outcome.NOT_NEEDED, Reason.EXTERNAL_RESTART));
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void aServerThatIsOlderThanTheNewsIsNot() {
    shows(processes(serve(10, 'S', Duration.ofSeconds(95))));
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void theTimeThatTheSecondLookTakesMakesNoServerYounger() {
    shows(processes(serve(10, 'S', Duration.ofSeconds(95))));
    machine.loaded =
        () -> {
          machine.clock.advance(Duration.ofSeconds(8));
          return Optional.of(List.of());
        };
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void aServerInAContainerThatIsToldItsOwnUptimeIsNotTakenForRestarted() {
    shows(processes(serve(10, 'S', Duration.ofDays(-3))));
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void aLostGpuIsNothingThatARestartCures() {
    shows(page(START, stalled("runner_stalled", 60), "|ollama_gpu_lost{gpu=\"0\"} 1\n"));
    assertRefused(Reason.GPU_LOST);
  }

  @ParameterizedTest
  @CsvSource({
    "'[gpu]\n|Unable to determine the device handle for GPU0000:65:00.0: Unknown Error\n'",
    "'[gpu]\nexit=15\n'",
    "'[journal]\n1700000000.1 kernel: NVRM: Xid 79: GPU has fallen off the bus\n'"
  })
  void aLostGpuIsSeenInTheEvidence(String evidence) {
    machine.evidence = evidence;
    assertRefused(Reason.GPU_LOST);
  }

  @Test
  void aProcessThatHangsInTheKernelThroughoutIsNothingThatARestartCures() {
    shows(processes(serve(10, 'S', OLD), runner(11, 10, 'D', 5)));
    assertRefused(Reason.STUCK_IN_KERNEL);
    assertThat(machine.clock.instant()).isAfterOrEqualTo(START.plusSeconds(8));
  }

  @Test
  void aProcessThatOnlyReadsForAMomentIsRestarted() {
    Deque<Character> states = new ArrayDeque<>(List.of('D', 'D', 'R'));
    machine.rest =
        () ->
            processes(
                serve(10, 'S', OLD), runner(11, 10, states.size() > 1 ? states.pop() : 'R', 5));
    restart();
    assertThat(machine.acts).hasSize(1);
  }

  @Test
  void itsExporterHasLookedForLonger() {
    String page =
        page(START, stalled("runner_stalled", 60), "|ollama_uninterruptible_seconds 61\n");
    shows(processes(serve(10, 'S', OLD), runner(11, 10, 'D', 5)) + page);
    assertRefused(Reason.STUCK_IN_KERNEL);
    assertThat(machine.pauses).isEmpty();
  }

  @Test
  void whatTheHostShowedIsKeptWithTheAttempt() {
    machine.evidence = "[journal]\n1700000000.1 CUDA error: out of memory\n";
    assertThat(restart().evidence()).contains("CUDA error: out of memory", "[unit]");
  }

  @Test
  void whatIsKeptOfALongReportIsItsBeginningAndItsEnd() {
    String line = "|some_metric " + "9".repeat(80) + "\n";
    machine.evidence = "[page]\n" + line.repeat(3000) + "[journal]\n1700000000.1 the last\n";
    String kept = restart().evidence();
    assertThat(kept).startsWith("selfheal-host-agent 1").contains("bytes left out", "the last");
    assertThat(kept.length()).isBetween(Recheck.MOST_EVIDENCE, Recheck.MOST_EVIDENCE + 300);
  }

  @Test
  void theModelsThatWereInMemoryAreKept() {
    machine.loaded = () -> Optional.of(List.of(Rows.model("slow", 100, 90)));
    assertThat(restart().evidence())
        .endsWith("[models]\nsize=100 vram=90 context=4096 expires=2026-11-01T12:05:00Z slow\n");
    machine.loaded = Optional::empty;
    assertThat(restart().evidence()).endsWith("[models]\nunavailable /api/ps did not answer\n");
  }

  private void assertRefused(Reason reason) {
    assertThat(restart().result()).isEqualTo(Result.of(Outcome.REFUSED, reason));
    assertThat(machine.acts).isEmpty();
  }

  /** The same before the act and after it, but for the age of its processes. */
  private void shows(String rest) {
    machine.rest = () -> machine.acts.isEmpty() ? rest : "";
  }

  private Report restart() {
    Instant before = machine.clock.instant();
    Report report = machine.restart(BY_UNIT);
    assertThat(machine.clock.instant()).isAfterOrEqualTo(before);
    return report;
  }
}
