package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.FiringAlerts.Routed;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Pair;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a notification that {@code max_alerts} has cut. */
class CutAlertsTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  @TempDir private Path folder;
  private Receiver receiver;
  private FakeAlertmanager people;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(3));
    people = receiver.people;
    people.configured = true;
    active("selfheal", Fleet.firing(0), Fleet.firing(1));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private void active(String name, Alert... alerts) {
    List<Routed> routed = Stream.of(alerts).map(each -> new Routed(each, Set.of(name))).toList();
    people.firing = () -> new FiringAlerts.Known(routed);
  }

  private Intake hearsCut(String name, Alert... alerts) {
    Payload payload = new Payload(name, 1, List.of(alerts), 0);
    Intake intake = receiver.dispatch.incidents().accept(payload);
    receiver.settle();
    return intake;
  }

  private List<String> open() {
    return receiver.ledger.openIncidents().stream().map(open -> open.place().target()).toList();
  }

  @Test
  void takesInWhatTheNotificationLackedAfterItWasAnswered() {
    assertThat(hearsCut("selfheal", Fleet.firing(0)).incidents()).hasSize(1);
    assertThat(open()).containsExactly("gpu-0");
    receiver.after(SHORT);
    assertThat(open()).containsExactly("gpu-0", "gpu-1");
    assertThat(receiver.heard.alerts)
        .containsExactly("OllamaFrozen FIRING opened", "OllamaFrozen FIRING opened");
    assertThat(receiver.ledger.incidents(new Query(null, true, 10)).get(0).incident().pairs())
        .extracting(Pair::source)
        .containsExactly(Pair.Source.ALERTMANAGER);
  }

  @Test
  void asksNothingAboutANotificationThatIsWhole() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(1));
    assertThat(people.fetched).isZero();
  }

  @Test
  void readsNothingIntoWhatIsAbsent() {
    active("selfheal");
    hearsCut("selfheal", Fleet.firing(0));
    receiver.after(SHORT);
    assertThat(receiver.incidents()).containsExactly("acting");
    assertThat(receiver.ledger.openIncidents().get(0).alerts().firing()).isEqualTo(1);
  }

  @Test
  void doesNotReviveWhatTheNotificationSaidIsOver() {
    receiver.hears(Fleet.firing(0));
    hearsCut("selfheal", Fleet.resolved(0));
    receiver.after(SHORT);
    assertThat(receiver.heard.alerts)
        .containsExactly(
            "OllamaFrozen FIRING opened",
            "OllamaFrozen RESOLVED resolved",
            "OllamaFrozen FIRING opened");
  }

  @Test
  void takesInNothingThatAlertmanagerTellsOthersAlone() {
    active("humans", Fleet.firing(1));
    hearsCut("selfheal", Fleet.firing(0));
    receiver.after(SHORT);
    assertThat(open()).containsExactly("gpu-0");
  }

  @Test
  void knowsItsOwnNameThoughAlertmanagerQuotesIt() {
    active("self.heal+1", Fleet.firing(1));
    hearsCut("self\\.heal\\+1", Fleet.firing(0));
    receiver.after(SHORT);
    assertThat(open()).containsExactly("gpu-0", "gpu-1");
  }

  @Test
  void asksAtMostEveryTenSecondsHoweverManyNotificationsAreCut() {
    for (int i = 0; i < 100; i++) {
      hearsCut("selfheal", Fleet.firing(0));
      receiver.after(Duration.ofMillis(500));
    }
    assertThat(people.fetched).isBetween(5, 6);
  }

  @Test
  void triesAgainWithLongerAndLongerPausesAndComplainsOnce() {
    people.firing = () -> new FiringAlerts.Unreachable("away in this test");
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.CutAlerts")) {
      hearsCut("selfheal", Fleet.firing(0));
      receiver.after(SHORT);
      receiver.after(Duration.ofSeconds(19));
      assertThat(people.fetched).isEqualTo(1);
      receiver.after(Duration.ofSeconds(1));
      assertThat(people.fetched).isEqualTo(2);
      receiver.after(Duration.ofHours(5));
      assertThat(people.fetched).isEqualTo(CutAlerts.TRIES);
      assertThat(log.lines())
          .containsExactly(
              "WARN alerts that were cut off a notification are still missing: away in this test");
    }
  }

  @Test
  void findsThemWhenAlertmanagerIsBack() {
    var back = people.firing;
    people.firing = () -> new FiringAlerts.Unreachable("away in this test");
    hearsCut("selfheal", Fleet.firing(0));
    receiver.after(Duration.ofMinutes(1));
    people.firing = back;
    receiver.after(Duration.ofMinutes(1));
    assertThat(open()).containsExactly("gpu-0", "gpu-1");
  }

  @Test
  void triesAgainWhenTheLedgerCannotTakeThem() {
    hearsCut("selfheal", Fleet.firing(0));
    receiver.tricks.fail(new LedgerException("no disk"), "hear");
    receiver.after(SHORT);
    receiver.tricks.mend();
    receiver.after(Duration.ofSeconds(20));
    assertThat(open()).containsExactly("gpu-0", "gpu-1");
  }

  @Test
  void saysOnceThatNobodyKnowsWhatIsMissingWithoutAnAlertmanager() {
    people.configured = false;
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.CutAlerts")) {
      hearsCut("selfheal", Fleet.firing(0));
      hearsCut("selfheal", Fleet.firing(1));
      receiver.after(Duration.ofMinutes(5));
      assertThat(log.lines("WARN a notification was cut off")).hasSize(1);
    }
    assertThat(people.fetched).isZero();
  }

  @Test
  void listensToNoExporterThatClaimsToHaveCutSomething() {
    hearsCut("selfheal-exporter", Fleet.alert(0, AlertStatus.FIRING, Fleet.STARTS_AT));
    receiver.after(Duration.ofMinutes(1));
    assertThat(people.fetched).isZero();
  }
}
