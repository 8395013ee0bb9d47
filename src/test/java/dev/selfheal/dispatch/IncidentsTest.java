package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Pair;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentsTest {

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(3));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private static Alert labelled(Map<String, String> labels) {
    return Fleet.alert(
        new AlertKey("00000000000000ff", Fleet.STARTS_AT), AlertStatus.FIRING, labels, Map.of());
  }

  private static Alert probe(String nonce) {
    return labelled(
        Map.of(
            "alertname",
            "OllamaFrozen",
            "selfheal_probe",
            nonce,
            "instance",
            "selfheal-verify.invalid"));
  }

  private long hearings() {
    return receiver.tricks.calls.stream().filter("hear"::equals).count();
  }

  @Test
  void saysOfEachAlertWhatBecameOfIt() {
    Instant later = Fleet.STARTS_AT.plusSeconds(1);
    receiver.hears(Fleet.firing(0), Fleet.resolved(1));
    receiver.after(Duration.ofSeconds(3));
    receiver.hears(Fleet.firing(0), Fleet.firing(1), Fleet.alert(0, AlertStatus.FIRING, later));
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.heard.alerts)
        .containsExactly(
            "OllamaFrozen FIRING opened",
            "OllamaFrozen RESOLVED resolved",
            "OllamaFrozen FIRING repeated",
            "OllamaFrozen FIRING late",
            "OllamaFrozen FIRING joined",
            "OllamaFrozen RESOLVED resolved");
  }

  @Test
  void answersWithTheIncidentsThatTheAlertsConcern() {
    assertThat(receiver.hears(Fleet.firing(0), Fleet.firing(1), labelled(Map.of())))
        .isEqualTo(new Intake(2, 1, List.of(1L, 2L)));
  }

  @Test
  void takesAnAlertThatStandsTwiceInOneBodyOnce() {
    assertThat(receiver.hears(Fleet.firing(0), Fleet.firing(0)).accepted()).isEqualTo(2);
    assertThat(receiver.heard.alerts)
        .containsExactly("OllamaFrozen FIRING opened", "OllamaFrozen FIRING duplicate");
  }

  @Test
  void sparesTheLedgerRepeatsForTwoSecondsAndNoLonger() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMillis(1_999));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.ledger.openIncidents().get(0).incident().pairs().get(0).lastHeard())
        .isEqualTo(Receiver.BEGIN);
    receiver.after(Duration.ofMillis(1));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.ledger.openIncidents().get(0).incident().pairs().get(0).lastHeard())
        .isEqualTo(Receiver.BEGIN.plusSeconds(2));
    assertThat(receiver.heard.alerts.subList(1, 3)).containsOnly("OllamaFrozen FIRING repeated");
  }

  @Test
  void asksTheLedgerAgainAsSoonAsTheIncidentIsClosed() {
    receiver.hears(Fleet.firing(0), Fleet.alert(0, AlertStatus.FIRING, Receiver.BEGIN));
    receiver.attemptEnds(FakeRestarter.NOT_RECOVERED);
    receiver.hears(Fleet.resolved(0), Fleet.alert(0, AlertStatus.RESOLVED, Receiver.BEGIN));
    long before = hearings();
    receiver.hears(Fleet.firing(0));
    assertThat(hearings()).isEqualTo(before + 1);
    assertThat(receiver.heard.alerts).last().isEqualTo("OllamaFrozen FIRING late");
    assertThat(receiver.incidents()).containsExactly("closed resolved");
  }

  @Test
  void forgetsItsRoutesWhenTheConfigurationChanges() {
    receiver.hears(Fleet.firing(0));
    receiver.managed = Fleet.of(List.of(Fleet.renamed(0, 1)), Fleet.LIMITS);
    receiver.dispatch.configurationChanged();
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.ledger.openIncidents())
        .extracting(open -> open.place().target())
        .containsExactly("gpu-0", "gpu-1");
  }

  @ParameterizedTest
  @CsvSource({
    "10s, 10",
    "9s, 60",
    "10m, 600",
    "10m1s, 60",
    "1m30s, 90",
    "0s, 60",
    "'', 60",
    "1h, 60",
    "9999m, 60",
    "-30s, 60",
    "30, 60",
    "'30s; reboot', 60"
  })
  void believesADirectSourceOnlyARepeatBetweenTenSecondsAndTenMinutes(String repeat, long seconds) {
    Alert direct =
        Fleet.alert(
            Fleet.firing(0).key(),
            AlertStatus.FIRING,
            Fleet.firing(0).labels(),
            Map.of("selfheal_repeat", repeat));
    assertThat(Sources.repeat(direct, Pair.Source.DIRECT)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(Sources.repeat(direct, Pair.Source.ALERTMANAGER)).isNull();
  }

  @Test
  void takesTheExportersOwnNotificationsForDirectOnes() {
    receiver.hearsDirectly(Fleet.firing(0));
    Pair pair = receiver.ledger.openIncidents().get(0).incident().pairs().get(0);
    assertThat(pair.source()).isEqualTo(Pair.Source.DIRECT);
    assertThat(pair.repeat()).contains(Duration.ofMinutes(1));
  }

  @Test
  void believesNobodyElseARepeat() {
    receiver.dispatch.incidents().accept(Fleet.from("selfheal-exporter-2", Fleet.firing(0)));
    Pair pair = receiver.ledger.openIncidents().get(0).incident().pairs().get(0);
    assertThat(pair.source()).isEqualTo(Pair.Source.ALERTMANAGER);
    assertThat(pair.repeat()).isEmpty();
  }

  @Test
  void recordsTheReservedProbeAndOpensNothing() {
    assertThat(receiver.hears(probe("nonce-1"))).isEqualTo(new Intake(1, 0, List.of()));
    assertThat(receiver.ledger.probe("nonce-1")).contains(Receiver.BEGIN);
    assertThat(receiver.incidents()).isEmpty();
  }

  @Test
  void ignoresWhateverElseCarriesTheProbesLabel() {
    Map<String, String> real =
        Map.of("alertname", "OllamaFrozen", "selfheal_probe", "n", "instance", "gpu-0:9100");
    receiver.hears(labelled(real), probe(""), probe("../../etc"), probe("n".repeat(65)));
    assertThat(receiver.heard.alerts).containsOnly("OllamaFrozen FIRING odd_probe");
    assertThat(receiver.incidents()).isEmpty();
  }

  @Test
  void recordsAHandfulOfProbesOfOneBodyAndNotThousands() {
    List<Alert> probes = new ArrayList<>(Collections.nCopies(20, probe("same")));
    for (int i = 0; i < 1_000; i++) {
      probes.add(probe("nonce-" + i));
    }
    Intake intake = receiver.hears(probes.toArray(Alert[]::new));
    assertThat(intake).isEqualTo(new Intake(29, 991, List.of()));
    assertThat(receiver.tricks.calls).filteredOn("hearProbe"::equals).hasSize(10);
  }

  @Test
  void logsAnIgnoredAlertOnceAndCountsItEachTime() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      Alert stray =
          labelled(Map.of("alertname", "OllamaFrozen", "instance", "x\n\"ERROR faked\u2028:9100"));
      receiver.hears(stray);
      receiver.hears(stray);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN alert ignored: reason=no_target alertname=\"OllamaFrozen\"")
          .contains("instance=\"x??ERROR faked?:9100\"");
    }
    assertThat(receiver.heard.alerts).hasSize(2).containsOnly("OllamaFrozen FIRING no_target");
  }

  @Test
  void floodsNeitherTheLogNorTheMetricsWithWhatASenderMakesUp() {
    List<Alert> strays = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      strays.add(Fleet.alert(100 + i, AlertStatus.FIRING, Fleet.STARTS_AT));
      strays.add(labelled(Map.of("alertname", "Made up " + i)));
    }
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.hears(strays.toArray(Alert[]::new));
      receiver.hears(strays.toArray(Alert[]::new));
      assertThat(log.lines())
          .hasSize(21)
          .last()
          .isEqualTo("WARN alerts ignored: 4980 more of the same notification");
    }
    assertThat(receiver.heard.alerts)
        .hasSize(20_000)
        .containsOnly("OllamaFrozen FIRING no_target", "other FIRING other_alert");
  }

  @Test
  void countsAProbeUnderTheNameOtherIfItsNameIsNotConfigured() {
    receiver.managed =
        new Managed(
            receiver.managed.targets(),
            Set.of("AnotherAlert"),
            Mode.ACT,
            receiver.managed.policy());
    receiver.hears(probe("nonce"));
    assertThat(receiver.heard.alerts).containsExactly("other FIRING probe");
  }

  @Test
  void countsWhatCannotBeUnderstoodAsIgnored() {
    Payload odd = new Payload("alertmanager", 0, List.of(Fleet.firing(0)), 3);
    assertThat(receiver.dispatch.incidents().accept(odd)).isEqualTo(new Intake(1, 3, List.of(1L)));
    assertThat(receiver.heard.alerts).filteredOn("other null odd"::equals).hasSize(3);
  }

  @Test
  void actsOnTheGoodAlertsOfABodyThatIsFullOfOddOnes() {
    receiver.hears(
        labelled(Map.of("alertname", "OllamaFrozen", "instance", "$(reboot)")),
        Fleet.alert(1, AlertStatus.FIRING, Instant.parse("0001-01-01T00:00:00Z")),
        Fleet.alert(2, AlertStatus.FIRING, Instant.parse("9999-12-31T23:59:59Z")),
        Fleet.firing(0));
    assertThat(receiver.incidents()).containsExactly("open", "open", "acting");
    receiver.attemptEnds(FakeRestarter.RECOVERED);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 recovered PT1M");
  }

  @Test
  void measuresRecoveryFromTheOldestStartThatCanBeTrue() {
    receiver.hears(
        Fleet.alert(0, AlertStatus.FIRING, Instant.parse("0001-01-01T00:00:00Z")),
        Fleet.alert(0, AlertStatus.FIRING, Instant.parse("9999-12-31T23:59:59Z")),
        Fleet.alert(0, AlertStatus.FIRING, Receiver.BEGIN.minusSeconds(30)),
        Fleet.firing(0));
    receiver.attemptEnds(FakeRestarter.RECOVERED);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 recovered PT1M");
  }

  @Test
  void measuresNoRecoveryFromAStartThatCannotBeTrue() {
    receiver.hears(Fleet.alert(0, AlertStatus.FIRING, Instant.parse("0001-01-01T00:00:00Z")));
    receiver.attemptEnds(FakeRestarter.RECOVERED);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 recovered -");
  }
}
