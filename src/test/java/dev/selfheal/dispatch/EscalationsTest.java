package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How people are told through Alertmanager, on a clock that the test moves. */
class EscalationsTest {
  private static final Duration COOLDOWN = Duration.ofSeconds(60);
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final FleetLimit WIDE = new FleetLimit(9, 1, Duration.ofMinutes(10));

  @TempDir private Path folder;
  private Receiver receiver;
  private FakeAlertmanager people;

  @BeforeEach
  void begin() {
    open(2);
  }

  private void open(int targets) {
    receiver = new Receiver(folder, Fleet.of(targets, Fleet.limits(WIDE)));
    people = receiver.people;
    people.configured = true;
    var unused =
        receiver.timer.scheduleAtFixedRate(
            () -> receiver.dispatch.escalations().soon(),
            ROUND.toSeconds(),
            ROUND.toSeconds(),
            TimeUnit.SECONDS);
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private void escalate(Alert... alerts) {
    receiver.hears(alerts);
    for (int i = 0; i < 3; i++) {
      for (Alert unused : alerts) {
        receiver.attemptEnds(Outcome.NOT_RECOVERED);
      }
      if (i < 2) {
        receiver.after(COOLDOWN);
      }
    }
  }

  private PostableAlert last() {
    return people.posts.get(people.posts.size() - 1);
  }

  @Test
  void saysWhoNeedsAHumanAndWhyAndWhatWasTried() {
    escalate(Fleet.firing(0));
    assertThat(people.posts).hasSize(1);
    assertThat(last().labels())
        .isEqualTo(
            Map.of(
                "alertname", "OllamaRemediationFailed",
                "target", "gpu-0",
                "severity", "critical",
                "instance", "gpu-0:9100"));
    assertThat(last().startsAt()).isEqualTo(Receiver.BEGIN.plusSeconds(120));
    assertThat(last().endsAt()).isEmpty();
    assertThat(last().generatorUrl())
        .hasToString("http://receiver.test/api/v1/incidents?target=gpu-0");
    assertThat(last().annotations())
        .containsOnlyKeys("summary", "description", "reason", "runbook_url")
        .containsEntry(
            "summary", "Ollama on gpu-0 needs a human: three attempts in a row did not help")
        .containsEntry("reason", "three_failures")
        .containsEntry(
            "runbook_url",
            "file:///usr/share/doc/ollama-selfheal/runbook/OllamaRemediationFailed.md")
        .containsEntry(
            "description",
            "The receiver has stopped restarting gpu-0: three attempts in a row did not help."
                + " Tried in this incident, newest first:"
                + " attempt 3 (restart) of 2026-11-01T00:02:00Z: not_recovered, its API did not answer in"
                + " time after the restart;"
                + " attempt 2 (restart) of 2026-11-01T00:01:00Z: not_recovered, its API did not answer in"
                + " time after the restart;"
                + " attempt 1 (restart) of 2026-11-01T00:00:00Z: not_recovered, its API did not answer in"
                + " time after the restart."
                + " Restarts left in its budget: 0."
                + " Mend it, then run `selfheal resume gpu-0`; it also ends when its alerts"
                + " resolve.");
  }

  @Test
  void repeatsNothingOfTheAlertThatCameInNorOfTheHostsOutput() {
    AlertKey key = new AlertKey("00000000000000aa", Fleet.STARTS_AT);
    Map<String, String> labels =
        Map.of("alertname", "OllamaFrozen", "instance", "gpu-0:9100", "prompt", "a secret");
    escalate(Fleet.alert(key, AlertStatus.FIRING, labels, Map.of("summary", "a secret")));
    assertThat(last().toString())
        .contains("OllamaRemediationFailed")
        .doesNotContain("secret", "as the test says", "00000000000000aa");
  }

  @Test
  void saysItAgainEachMinuteForAsLongAsItLasts() {
    escalate(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(10));
    assertThat(people.posts).hasSize(11).allMatch(post -> post.endsAt().isEmpty());
    assertThat(receiver.heard.posted).hasSize(11).containsOnly(true);
  }

  @Test
  void saysAtOnceWhatHasChanged() {
    escalate(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(58).plusSeconds(5));
    assertThat(last().annotations().get("description")).contains("left in its budget: 1.");
  }

  @Test
  void saysOnceThatItIsOverWhenTheAlertsResolve() {
    escalate(Fleet.firing(0));
    receiver.after(Duration.ofSeconds(5));
    receiver.hears(Fleet.resolved(0));
    assertThat(last().endsAt()).contains(receiver.clock.instant());
    assertThat(last().labels()).isEqualTo(people.posts.get(0).labels());
    int posts = people.posts.size();
    receiver.after(Duration.ofHours(1));
    assertThat(people.posts).hasSize(posts);
  }

  @Test
  void saysThatItIsOverWhenAnOperatorResumes() {
    escalate(Fleet.firing(0));
    receiver.after(Duration.ofHours(1));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.dispatch.operator().resume(receiver.managed.targets().get(0))).isEmpty();
    receiver.settle();
    assertThat(receiver.running()).isEqualTo(1);
    assertThat(last().endsAt()).contains(receiver.clock.instant());
  }

  @Test
  void goesOnSayingItWhileTheTargetIsPaused() {
    escalate(Fleet.firing(0));
    receiver.dispatch.operator().pause(null, null, "somebody looks");
    receiver.settle();
    receiver.after(Duration.ofMinutes(2));
    assertThat(people.posts).hasSize(3).allMatch(post -> post.endsAt().isEmpty());
  }

  @Test
  void keepsTryingWhileAlertmanagerIsAwayAndComplainsOnce() {
    people.answer = alert -> FakeAlertmanager.AWAY;
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.Escalations")) {
      escalate(Fleet.firing(0));
      receiver.after(Duration.ofHours(3));
      assertThat(log.lines())
          .containsExactly(
              "ERROR no human is told through Alertmanager, which is tried again until it takes"
                  + " the escalation: away in this test");
      people.answer = alert -> FakeAlertmanager.TAKEN;
      receiver.after(ROUND);
      assertThat(log.lines())
          .hasSize(3)
          .contains(
              "INFO target=gpu-0 reason=three_failures: Alertmanager was told that it needs a"
                  + " human",
              "INFO Alertmanager takes escalations again");
    }
    assertThat(last().startsAt()).isEqualTo(Receiver.BEGIN.plusSeconds(120));
    assertThat(receiver.heard.posted).hasSizeGreaterThan(1000).contains(false).endsWith(true);
  }

  @Test
  void keepsSayingThatItIsOverUntilThatIsHeard() {
    escalate(Fleet.firing(0));
    people.answer = alert -> FakeAlertmanager.AWAY;
    receiver.hears(Fleet.resolved(0));
    Instant end = receiver.clock.instant();
    receiver.after(Duration.ofHours(1));
    people.answer = alert -> FakeAlertmanager.TAKEN;
    receiver.after(ROUND);
    assertThat(last().endsAt()).contains(end);
    int posts = people.posts.size();
    receiver.after(Duration.ofHours(1));
    assertThat(people.posts).hasSize(posts);
  }

  @Test
  void isTheSameAlertAfterTheReceiverWasStartedAnew() {
    escalate(Fleet.firing(0));
    PostableAlert before = last();
    Instant now = receiver.clock.instant().plusSeconds(30);
    receiver.close();
    open(2);
    receiver.clock.set(now);
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(people.posts).containsExactly(before);
  }

  @Test
  void postsEverythingAnewWhenTheConfigurationHasChanged() {
    escalate(Fleet.firing(0));
    receiver.dispatch.configurationChanged();
    receiver.settle();
    assertThat(people.posts).hasSize(2);
    assertThat(last()).isEqualTo(people.posts.get(0));
  }

  @Test
  void endsTheAlertOfATargetThatIsNotConfiguredAnyMore() {
    escalate(Fleet.firing(1));
    receiver.managed = Fleet.of(1);
    receiver.dispatch.configurationChanged();
    receiver.settle();
    assertThat(receiver.incidents()).containsExactly("closed target_removed");
    assertThat(last().endsAt()).isPresent();
  }

  @Test
  void tellsOfOldNewsThatNobodyCanConfirmAndEndsWithAnAnswer() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.RECOVERED);
    receiver.after(Duration.ofMinutes(2));
    assertThat(receiver.held()).isEqualTo("unconfirmed");
    assertThat(last().annotations()).containsEntry("reason", "unconfirmed");
    receiver.active();
    receiver.after(Duration.ofMinutes(1));
    assertThat(receiver.incidents()).containsExactly("closed recovered");
    assertThat(last().endsAt()).isPresent();
  }

  @Test
  void oneAlertThatIsRefusedKeepsNoOtherBack() {
    people.answer =
        alert ->
            "gpu-0".equals(alert.labels().get("target"))
                ? new Posted.Refused("status 400")
                : FakeAlertmanager.TAKEN;
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.Escalations")) {
      escalate(Fleet.firing(0), Fleet.firing(1));
      receiver.after(Duration.ofMinutes(1));
      assertThat(log.lines("ERROR"))
          .singleElement()
          .asString()
          .endsWith("target=gpu-0: status 400");
      assertThat(log.lines("INFO target=gpu-1")).hasSize(1);
    }
  }

  @Test
  void waitsForOneAnswerOnlyWhileAlertmanagerIsAway() {
    people.answer = alert -> FakeAlertmanager.AWAY;
    escalate(Fleet.firing(0), Fleet.firing(1));
    people.posts.clear();
    receiver.after(ROUND);
    assertThat(people.posts).hasSize(1);
  }

  @Test
  void goesOnSayingWhatItKnewWhileTheLedgerCannotBeRead() {
    escalate(Fleet.firing(0));
    receiver.tricks.fail(new LedgerException("no disk"), "openIncidents");
    receiver.after(Duration.ofMinutes(5));
    assertThat(people.posts).hasSize(6).allMatch(post -> post.endsAt().isEmpty());
  }

  @Test
  void tellsNobodyWithoutAnAlertmanager() {
    people.configured = false;
    escalate(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(5));
    assertThat(people.posts).isEmpty();
    people.configured = true;
    receiver.after(ROUND);
    assertThat(people.posts).hasSize(1);
  }

  @Test
  void itsOwnAlertOpensNothingWhateverIsConfigured() {
    receiver.managed =
        new Managed(
            receiver.managed.targets(),
            Set.of("OllamaFrozen", "OllamaRemediationFailed"),
            Mode.ACT,
            receiver.managed.policy());
    Map<String, String> labels =
        Map.of("alertname", "OllamaRemediationFailed", "instance", "gpu-0:9100");
    Alert own =
        Fleet.alert(
            new AlertKey("00000000000000aa", Fleet.STARTS_AT),
            AlertStatus.FIRING,
            labels,
            Map.of());
    assertThat(receiver.hears(own)).isEqualTo(new Intake(0, 1, List.of()));
    assertThat(receiver.incidents()).isEmpty();
    assertThat(receiver.heard.alerts).containsExactly("OllamaRemediationFailed FIRING own_alert");
  }
}
