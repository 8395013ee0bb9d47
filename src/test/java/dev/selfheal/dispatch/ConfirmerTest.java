package dev.selfheal.dispatch;

import static dev.selfheal.remedy.Confirmation.OVER;
import static dev.selfheal.remedy.Confirmation.STALLED;
import static dev.selfheal.remedy.Confirmation.UNKNOWN;
import static dev.selfheal.remedy.Pair.Source.ALERTMANAGER;
import static dev.selfheal.remedy.Pair.Source.DIRECT;
import static dev.selfheal.remedy.Pair.Source.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.ActiveAlerts.Known;
import dev.selfheal.alertmanager.ActiveAlerts.Unreachable;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Pair.Status;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmerTest {
  private static final Instant START = Instant.parse("2026-11-02T14:00:00Z");
  private static final String YOUNG = "started less than 5 minutes ago";
  private static final Target TARGET =
      new Target(
          "gpu-01",
          Match.on(Map.of("instance", "gpu-01:9100")),
          new Target.Control("ollama.service", List.of()),
          URI.create("http://127.0.0.1:11434"),
          new Target.RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));

  private final SettableClock clock = new SettableClock(START.plusSeconds(1));
  private final AtomicInteger asked = new AtomicInteger();
  private Evidence evidence = new Evidence.Unknown("nobody looked");
  private ActiveAlerts alerts = known(Set.of(), Set.of());
  private final Confirmer confirmer = new Confirmer(target -> evidence, this::countedAnswer, clock);

  @Test
  void evidenceOfProgressDecidesAndAlertmanagerIsNotAsked() {
    evidence = new Evidence.Progressing();
    alerts = known(Set.of("a"), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(Confirmation.OVER);
    assertThat(asked).hasValue(0);
  }

  @Test
  void evidenceOfAStallDecidesAndAlertmanagerIsNotAsked() {
    evidence = new Evidence.Stalled("runner_stalled", START);
    alerts = known(Set.of(), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
    assertThat(asked).hasValue(0);
  }

  @Test
  void alertmanagerIsAskedWhenTheEvidenceIsUnknown() {
    alerts = known(Set.of("a"), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void oneActiveAlertIsEnough(Source other) {
    alerts = known(Set.of("a"), Set.of("b"));
    assertThat(confirm(pair("b", other), pair("a", ALERTMANAGER))).isEqualTo(STALLED);
  }

  @Test
  void alertsThatAlertmanagerNoLongerKnowsAreOver() {
    alerts = known(Set.of("somebody-elses"), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER), pair("b", ALERTMANAGER))).isEqualTo(OVER);
  }

  @Test
  void absenceFromAnAlertmanagerThatMayNotKnowAllMeansNothing() {
    alerts = new Known(Set.of(), Set.of(), YOUNG);
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(UNKNOWN);
  }

  @Test
  void aSuppressedAlertIsOverHoweverYoungTheAlertmanager() {
    alerts = new Known(Set.of(), Set.of("a"), YOUNG);
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(OVER);
  }

  @Test
  void aSuppressedAlertDoesNotSpeakForAnAbsentOne() {
    alerts = new Known(Set.of(), Set.of("a"), YOUNG);
    assertThat(confirm(pair("a", ALERTMANAGER), pair("b", ALERTMANAGER))).isEqualTo(UNKNOWN);
    alerts = known(Set.of(), Set.of("a"));
    clock.advance(Duration.ofMinutes(5));
    assertThat(confirm(pair("a", ALERTMANAGER), pair("b", ALERTMANAGER))).isEqualTo(OVER);
  }

  @Test
  void anActiveAlertOfAYoungAlertmanagerIsStalled() {
    alerts = new Known(Set.of("a"), Set.of(), YOUNG);
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
  }

  @Test
  void whatAlertmanagerWasNeverToldItCannotDeny() {
    assertThat(confirm(pair("a", ALERTMANAGER), pair("b", DIRECT))).isEqualTo(UNKNOWN);
  }

  @Test
  void aRequestIsNoAlertThatCouldStillBeActive() {
    assertThat(confirm(pair("a", ALERTMANAGER), pair("b", Source.MANUAL))).isEqualTo(OVER);
  }

  @Test
  void pairsThatNoLongerFireDoNotCount() {
    Pair resolved = new Pair(key("a"), ALERTMANAGER, Status.RESOLVED, START, START, null);
    alerts = known(Set.of("a"), Set.of());
    assertThat(confirm(resolved, pair("b", ALERTMANAGER))).isEqualTo(OVER);
  }

  @Test
  void aDirectAlertThatWasWithdrawnDoesNotKeepTheOthersOpen() {
    Pair direct = new Pair(key("b"), DIRECT, Status.FIRING, START, START, Duration.ofMinutes(1));
    assertThat(confirm(pair("a", ALERTMANAGER), direct)).isEqualTo(UNKNOWN);
    clock.advance(Duration.ofMinutes(3));
    assertThat(confirm(pair("a", ALERTMANAGER), direct)).isEqualTo(OVER);
  }

  @Test
  void nobodyCanSayWhileAlertmanagerIsUnreachable() {
    alerts = new Unreachable("connection refused");
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(UNKNOWN);
    assertThat(confirm(pair("b", MANUAL))).isEqualTo(UNKNOWN);
  }

  @Test
  void oneAnswerServesAllThatIsAskedWithin2Seconds() {
    alerts = known(Set.of("a"), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
    alerts = known(Set.of(), Set.of());
    clock.advance(Duration.ofSeconds(2));
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
    assertThat(confirm(pair("b", ALERTMANAGER))).isEqualTo(OVER);
    assertThat(asked).hasValue(1);
  }

  /** It cannot know the news, and would end what has just begun. */
  @Test
  void anAnswerOlderThanTheNewsIsAskedForAgain() {
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(OVER);
    clock.advance(Duration.ofSeconds(1));
    alerts = known(Set.of("a"), Set.of());
    Instant now = clock.instant();
    Pair heardNow = new Pair(key("a"), ALERTMANAGER, Status.FIRING, START, now, null);
    assertThat(confirm(heardNow)).isEqualTo(STALLED);
    assertThat(asked).hasValue(2);
  }

  @Test
  void anAnswerOlderThan2SecondsIsAskedForAgain() {
    alerts = known(Set.of("a"), Set.of());
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(STALLED);
    alerts = known(Set.of(), Set.of());
    clock.advance(Duration.ofMillis(2001));
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(OVER);
    assertThat(asked).hasValue(2);
  }

  /** Or an answer from before the clock went back would serve for as long as it went back. */
  @Test
  void anAnswerFromTheFutureIsAskedForAgain() {
    assertThat(confirm(pair("a", ALERTMANAGER))).isEqualTo(OVER);
    clock.advance(Duration.ofHours(-1));
    confirm(pair("a", ALERTMANAGER));
    assertThat(asked).hasValue(2);
  }

  /** Its age counts from its arrival: Alertmanager may take longer to answer than it is shared. */
  @Test
  void anAnswerThatWasLongInComingIsSharedAllTheSame() {
    Confirmer patient = new Confirmer(target -> evidence, this::lateAnswer, clock);
    patient.confirm(TARGET, incident(pair("a", ALERTMANAGER)));
    patient.confirm(TARGET, incident(pair("b", ALERTMANAGER)));
    assertThat(asked).hasValue(1);
  }

  private ActiveAlerts countedAnswer() {
    asked.incrementAndGet();
    return alerts;
  }

  private ActiveAlerts lateAnswer() {
    clock.advance(Duration.ofSeconds(5));
    return countedAnswer();
  }

  private Confirmation confirm(Pair... pairs) {
    return confirmer.confirm(TARGET, incident(pairs));
  }

  private static Known known(Set<String> active, Set<String> suppressed) {
    return new Known(active, suppressed, null);
  }

  private static Incident incident(Pair... pairs) {
    return new Incident(7, Incident.Phase.OPEN, List.of(pairs), START, Incident.Marks.NONE);
  }

  private static Pair pair(String fingerprint, Source source) {
    return new Pair(key(fingerprint), source, Status.FIRING, START, START, null);
  }

  private static AlertKey key(String fingerprint) {
    return new AlertKey(fingerprint, START);
  }
}
