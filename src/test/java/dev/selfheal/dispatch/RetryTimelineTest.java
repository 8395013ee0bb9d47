package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts that do not help, until a human is called. No webhook comes twice in these stories. */
class RetryTimelineTest {

  private static final Duration COOLDOWN = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(1));
    receiver.hears(Fleet.firing(0));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private void failThreeTimes() {
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    for (int i = 0; i < 2; i++) {
      receiver.after(COOLDOWN);
      receiver.attemptEnds(Outcome.NOT_RECOVERED);
    }
  }

  @Test
  void triesAgainExactlyWhenTheCooldownEnds() {
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.after(COOLDOWN.minusMillis(1));
    assertThat(receiver.running()).isZero();
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void escalatesAfterThreeInARowAndNeverRestartsAFourthTimeByItself() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      failThreeTimes();
      assertThat(receiver.held()).isEqualTo("escalated");
      assertThat(log.lines("decision=escalate"))
          .singleElement()
          .asString()
          .startsWith("ERROR target=gpu-0 decision=escalate reason=three_failures incident=1");
    }
    receiver.active(0);
    receiver.sweeping().after(Duration.ofHours(2));
    assertThat(receiver.attempts())
        .containsExactly("not_recovered", "not_recovered", "not_recovered");
    assertThat(receiver.held()).isEqualTo("escalated");
  }

  @Test
  void goesOnAfterAnOperatorResumed() {
    failThreeTimes();
    receiver.after(Duration.ofHours(2));
    receiver.active(0);
    receiver.dispatch.operator().resume(receiver.managed.named("gpu-0").orElseThrow());
    receiver.settle();
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.incidents()).containsExactly("decaying");
  }

  @Test
  void endsTheEscalationWhenTheAlertResolves() {
    failThreeTimes();
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.incidents()).containsExactly("closed resolved");
    assertThat(receiver.held()).isEqualTo("-");
  }

  @Test
  void escalatesWhenTheBudgetIsFullAndAFurtherRestartIsWanted() {
    receiver.active(0);
    for (int i = 0; i < 3; i++) {
      receiver.attemptEnds(Outcome.RECOVERED);
      receiver.after(Duration.ofMinutes(2));
    }
    assertThat(receiver.attempts()).containsExactly("recovered", "recovered", "recovered");
    assertThat(receiver.running()).isZero();
    assertThat(receiver.heard.decisions).contains("gpu-0 escalate budget_spent");
  }

  @Test
  void letsTheAttemptFinishWhenTheAlertResolvesMeanwhile() {
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.incidents()).containsExactly("acting");
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.attempts()).containsExactly("not_recovered");
    assertThat(receiver.incidents()).containsExactly("closed resolved");
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.running()).isZero();
  }

  @Test
  void twoAlertsOfDifferentNamesForOneTargetAreOneIncidentThatEndsWithTheLastOfThem() {
    Alert down = named("OllamaDown", AlertStatus.FIRING);
    receiver.managed =
        new Managed(
            receiver.managed.targets(),
            Set.of("OllamaFrozen", "OllamaDown"),
            Mode.ACT,
            receiver.managed.policy());
    receiver.hears(down);
    assertThat(receiver.incidents()).containsExactly("acting");
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.held()).isEqualTo("cooldown");
    receiver.active(0);
    receiver.after(Duration.ofSeconds(60));
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.hears(named("OllamaDown", AlertStatus.RESOLVED));
    assertThat(receiver.incidents()).containsExactly("closed resolved");
    assertThat(receiver.attempts()).containsExactly("not_recovered", "not_recovered");
  }

  private static Alert named(String name, AlertStatus status) {
    return Fleet.alert(
        new AlertKey(Fleet.fingerprint(7), Fleet.STARTS_AT),
        status,
        Map.of("alertname", name, "instance", "gpu-0:9100"),
        Map.of());
  }

  @Test
  void closesOldNewsThatIsOverAsExpired() {
    receiver.dispatch.operator().pause(null, Duration.ofMinutes(20), "maintenance");
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.active();
    receiver.after(Duration.ofMinutes(20));
    assertThat(receiver.incidents()).containsExactly("closed expired");
    assertThat(receiver.running()).isZero();
  }

  @Test
  void asksTheTargetsEvidenceFirstAndAlertmanagerOnlyIfThatIsUnknown() {
    receiver.dispatch.operator().pause(null, Duration.ofMinutes(20), "maintenance");
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.evidence = new Evidence.Stalled("runner_stalled", receiver.clock.instant());
    receiver.after(Duration.ofMinutes(20));
    assertThat(receiver.asked).isEmpty();
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void closesAnIncidentWhoseExporterFellSilentForThreeOfItsRepeats() {
    receiver.hears(Fleet.resolved(0));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.dispatch.operator().pause(null, null, "so that nothing else happens");
    receiver.hearsDirectly(Fleet.alert(0, AlertStatus.FIRING, Receiver.BEGIN));
    receiver.sweeping().after(Duration.ofMinutes(3).minusSeconds(1));
    assertThat(receiver.incidents()).containsExactly("closed resolved", "open");
    receiver.after(Duration.ofSeconds(1));
    assertThat(receiver.incidents()).containsExactly("closed resolved", "closed expired");
  }

  @Test
  void closesTheIncidentOfATargetThatAReloadRemovedOnceItsAttemptHasEnded() {
    receiver.restarter.next =
        target -> {
          receiver.managed = Fleet.of(List.of(Fleet.target(1)), Fleet.LIMITS);
          receiver.dispatch.configurationChanged();
          receiver.settle();
          assertThat(receiver.incidents()).containsExactly("acting");
          return new Report(FakeRestarter.RECOVERED, "after the act");
        };
    assertThat(receiver.actors.runNext()).isTrue();
    receiver.settle();
    assertThat(receiver.restarter.restarted).containsExactly(Fleet.target(0));
    assertThat(receiver.attempts()).containsExactly("recovered");
    assertThat(receiver.incidents()).containsExactly("closed target_removed");
    assertThat(receiver.heard.decisions).contains("gpu-0 nothing target_removed");
  }

  @Test
  void tellsTheRestarterSinceWhenARestartBySomebodyElseMatters() {
    Instant opened = receiver.clock.instant();
    receiver.after(Duration.ofSeconds(10));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.after(COOLDOWN);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.restarter.orders)
        .extracting(Order::newsAt)
        .containsExactly(opened, opened.plusSeconds(10));
    assertThat(receiver.restarter.orders).noneMatch(Order::manual);
  }

  static List<Result> thatTouchedNothing() {
    return List.of(
        Result.untouched(Reason.HOST_UNREACHABLE),
        Result.heldBack(Reason.PAUSED),
        Result.of(Outcome.NOT_NEEDED, Reason.FOUND_HEALTHY));
  }

  @ParameterizedTest
  @MethodSource("thatTouchedNothing")
  void anAttemptThatTouchedNothingHidesNoRestartBySomebodyElse(Result result) {
    receiver.after(Duration.ofSeconds(10));
    receiver.attemptEnds(result);
    receiver.after(COOLDOWN);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.restarter.orders)
        .extracting(Order::newsAt)
        .containsExactly(Receiver.BEGIN, Receiver.BEGIN);
  }

  @Test
  void doesNotMindARestartBySomebodyElseThatIsFurtherBackThanTheSettling() {
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.dispatch.operator().pause(null, Duration.ofMinutes(8), "maintenance");
    receiver.after(Duration.ofMinutes(8));
    receiver.attemptEnds(Outcome.RECOVERED);
    Order last = receiver.restarter.orders.get(1);
    assertThat(last.newsAt()).isEqualTo(last.startedAt().minus(Fleet.LIMITS.settle()));
  }
}
