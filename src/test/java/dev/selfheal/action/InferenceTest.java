package dev.selfheal.action;

import static dev.selfheal.action.FakeMachine.START;
import static dev.selfheal.action.FakeMachine.at;
import static dev.selfheal.action.FakeMachine.never;
import static dev.selfheal.action.Rows.call;
import static dev.selfheal.action.Rows.model;
import static dev.selfheal.action.Rows.processes;
import static dev.selfheal.action.Rows.runner;
import static dev.selfheal.action.Rows.serve;
import static dev.selfheal.action.Rows.sockets;
import static dev.selfheal.action.Targets.BY_UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.OneToken.Result.Computed;
import dev.selfheal.ollama.OneToken.Result.Declined;
import dev.selfheal.ollama.OneToken.Result.Empty;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After the act: whether it computes again, and where. */
class InferenceTest {
  private static final Duration TIMEOUT = BY_UNIT.recovery().timeout();
  private static final Duration LOAD_TIMEOUT = BY_UNIT.recovery().loadTimeout();
  private static final String OLD_PROCESSES =
      processes(serve(10, 'S', Duration.ofHours(1)), runner(11, 10, 'R', 5));
  private static final String NEW_PROCESSES =
      processes(serve(20, 'S', Duration.ZERO), runner(21, 20, 'R', 5));

  private final FakeMachine machine = new FakeMachine();

  @BeforeEach
  void theServerIsRestarted() {
    machine.actRestarts(Duration.ofSeconds(1));
    machine.rest = () -> acted() ? NEW_PROCESSES : OLD_PROCESSES;
    machine.loaded = () -> Optional.of(List.of(model("slow", 100, 100)));
  }

  @Test
  void aTokenOfTheModelThatWasLoadedIsTheProof() {
    machine.model = question -> acted() ? at(new Computed()) : FakeMachine.never();
    Report report = restart();
    assertThat(report.result().outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(report.text()).endsWith("its model computes");
    assertThat(machine.questions).containsExactly(new OneToken("slow", 4096, 298));
  }

  @Test
  void aTokenIsAskedForOnceThoughAServerWithoutAUnitIsLookedAtForASecond() {
    machine.rest = () -> "";
    machine.model = question -> at(new Computed());
    assertThat(machine.restart(Targets.BY_COMMAND).result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.questions).hasSize(1);
  }

  @Test
  void aTokenOfAServerThatEndedAgainIsNoProofOfTheNextOne() {
    machine.rest = () -> "";
    machine.model = question -> machine.questions.size() == 1 ? at(new Computed()) : never();
    boolean[] ended = {false};
    machine.onPause =
        () -> {
          if (machine.questions.size() == 1 && !ended[0]) {
            ended[0] = true;
            machine.startAnew(Duration.ofSeconds(3));
          }
        };
    assertThat(machine.restart(Targets.BY_COMMAND).result().reason())
        .isEqualTo(Reason.INFERENCE_SILENT);
  }

  @Test
  void theBytesOfAClientThatWaitsAreTheProofThoughItHasTheOnlySlot() {
    long[] sent = {200};
    machine.rest =
        () -> acted() ? NEW_PROCESSES + sockets(call(5000, sent[0] += 500, 180)) : OLD_PROCESSES;
    Report report = restart();
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(report.text()).endsWith("what a client waits for is being computed");
  }

  @Test
  void answersToNewQuestionsAreNoProof() {
    long[] bytes = {200};
    machine.rest =
        () ->
            acted()
                ? NEW_PROCESSES + sockets(call(5000, bytes[0] += 150, bytes[0]))
                : OLD_PROCESSES;
    assertThat(restart().result().reason()).isEqualTo(Reason.INFERENCE_SILENT);
  }

  @Test
  void anApiThatAnswersIsNoProofWhileNoModelComputes() {
    Report report = restart();
    assertThat(report.result().outcome()).isEqualTo(Outcome.NOT_RECOVERED);
    assertThat(report.result().reason()).isEqualTo(Reason.INFERENCE_SILENT);
    assertThat(machine.clock.instant()).isEqualTo(START.plus(TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void aServerThatDeclinesIsAskedAgain(int status) {
    machine.model =
        question ->
            machine.questions.size() < 4
                ? at(new Declined(status, "status " + status))
                : at(new Computed());
    assertThat(restart().result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.questions).hasSize(4);
  }

  @Test
  void aModelThatWasOnlyLoadedHasNotComputed() {
    machine.model = question -> at(new Empty("an answer for which nothing was computed"));
    Report report = restart();
    assertThat(report.result().reason()).isEqualTo(Reason.INFERENCE_SILENT);
    assertThat(report.text())
        .endsWith("its model was asked: an answer for which nothing was computed");
  }

  @Test
  void aModelThatWasRemovedMeanwhileNeedNotAnswer() {
    machine.model = question -> at(new Declined(404, "status 404 instead of 200"));
    Report report = restart();
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(report.text()).contains("cannot be asked any more (status 404");
  }

  @Test
  void whereNoModelWasLoadedTheSmallestOnTheDiskIsAsked() {
    machine.loaded = Optional::empty;
    machine.installed = () -> Optional.of(List.of(model("big", 900, 0), model("small", 90, 0)));
    machine.model = question -> at(new Computed());
    assertThat(restart().result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.questions).extracting(OneToken::model).containsExactly("small");
  }

  @Test
  void aServerThatDoesNotSayWhichModelsItHasIsNotTakenForOneWithout() {
    machine.loaded = Optional::empty;
    machine.installed = Optional::empty;
    Report report = restart();
    assertThat(report.result().reason()).isEqualTo(Reason.INFERENCE_SILENT);
    assertThat(report.text()).endsWith("it does not say which models it has");
  }

  @Test
  void aModelMayTakeTheTimeForLoadingWhileItComesOn() {
    Instant loadedAt = START.plus(Duration.ofMinutes(8));
    machine.rest = () -> acted() ? growing() : OLD_PROCESSES;
    machine.loaded =
        () ->
            Optional.of(
                acted() && now().isBefore(loadedAt) ? List.of() : List.of(model("slow", 100, 100)));
    CompletableFuture<OneToken.Result> answer = new CompletableFuture<>();
    machine.model = question -> answer;
    machine.onPause =
        () -> {
          if (now().isAfter(loadedAt)) {
            answer.complete(new Computed());
          }
        };
    assertThat(restart().result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(now()).isAfter(loadedAt);
  }

  @Test
  void aLoadThatComesOnForTooLongHasFailed() {
    machine.rest = () -> acted() ? growing() : OLD_PROCESSES;
    machine.loaded = () -> Optional.of(acted() ? List.of() : List.of(model("slow", 100, 100)));
    assertThat(restart().result().reason()).isEqualTo(Reason.STILL_LOADING);
    assertThat(now()).isEqualTo(START.plus(TIMEOUT).plus(LOAD_TIMEOUT));
  }

  @Test
  void aLoadThatStandsStillIsNotWaitedFor() {
    machine.loaded = () -> Optional.of(acted() ? List.of() : List.of(model("slow", 100, 100)));
    restart();
    assertThat(now()).isBefore(START.plus(TIMEOUT).plus(Duration.ofMinutes(1)));
  }

  @Test
  void aModelThatFellBackToTheCpuHasNotRecovered() {
    machine.model = question -> acted() ? at(new Computed()) : FakeMachine.never();
    machine.loaded = () -> Optional.of(List.of(model("slow", 100, acted() ? 0 : 100)));
    Report report = restart();
    assertThat(report.result().outcome()).isEqualTo(Outcome.NOT_RECOVERED);
    assertThat(report.result().reason()).isEqualTo(Reason.FELL_BACK_TO_CPU);
    assertThat(report.text()).endsWith("no longer on the GPU: slow");
  }

  @Test
  void aModelThatNeverRanOnTheGpuMayRunOnTheCpu() {
    machine.model = question -> acted() ? at(new Computed()) : FakeMachine.never();
    machine.loaded = () -> Optional.of(List.of(model("slow", 100, 0)));
    assertThat(restart().result().reason()).isEqualTo(Reason.PROVEN);
  }

  @Test
  void aRunnerOfBeforeThatStillLivesIsNoRecovery() {
    machine.model = question -> at(new Computed());
    machine.rest =
        () ->
            acted()
                ? processes(serve(20, 'S', Duration.ZERO), runner(11, 10, 'R', 5))
                : OLD_PROCESSES;
    assertThat(restart().result().reason()).isEqualTo(Reason.OLD_PROCESS_LEFT);
  }

  @Test
  void aCommandOfTheOperatorsOwnMayEndTheRunnerAlone() {
    machine.model = question -> acted() ? at(new Computed()) : never();
    machine.rest =
        () -> processes(serve(10, 'S', Duration.ofHours(1)), runner(acted() ? 21 : 11, 10, 'R', 5));
    assertThat(machine.restart(Targets.BY_COMMAND).result().reason()).isEqualTo(Reason.PROVEN);
  }

  @Test
  void withoutTheCanaryItIsEnoughThatNobodyWaits() {
    machine.rest = () -> acted() ? NEW_PROCESSES : OLD_PROCESSES;
    assertThat(machine.restart(Targets.withoutCanary()).result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.questions).isEmpty();
  }

  @Test
  void withoutTheCanaryAClientThatWaitsInVainIsNoRecovery() {
    machine.rest = () -> acted() ? NEW_PROCESSES + sockets(call(5000, 0, 180)) : OLD_PROCESSES;
    assertThat(machine.restart(Targets.withoutCanary()).result().reason())
        .isEqualTo(Reason.INFERENCE_SILENT);
  }

  private String growing() {
    long ticks = Duration.between(START, now()).toMillis();
    return processes(serve(20, 'S', Duration.ZERO), runner(21, 20, 'R', ticks));
  }

  private boolean acted() {
    return !machine.acts.isEmpty();
  }

  private Instant now() {
    return machine.clock.instant();
  }

  private Report restart() {
    return machine.restart(BY_UNIT);
  }
}
