package dev.selfheal.exporter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.detect.StallReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DirectAlertTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final DirectAlert alert =
      new DirectAlert(Map.of("instance", "gpu-01:9100"), Duration.ofSeconds(90));

  @Test
  void beginsWhenTheStallPassedItsThresholdAndKeepsThatTimeWhileItLasts() {
    Alert first = firing(frozen(50), 50);
    assertThat(first.key().startsAt()).isEqualTo(START.plusSeconds(45));
    assertThat(first.labels())
        .isEqualTo(Map.of("alertname", "OllamaFrozen", "instance", "gpu-01:9100"));
    assertThat(first.key().fingerprint()).isEqualTo("e914a7f4a1de66cb");
    assertThat(first.annotations())
        .isEqualTo(Map.of("reason", "runner_stalled", "selfheal_repeat", "90s"));
    assertThat(firing(frozen(55), 55).key()).isEqualTo(first.key());
  }

  @Test
  void aHealthyRoundEndsItOnce() {
    Alert first = firing(frozen(50), 50);
    DirectAlert.News news = alert.observe(new Sighting.Healthy(), START.plusSeconds(55));
    assertThat(news.firing()).isNull();
    assertThat(news.ended()).isNotNull().extracting(Alert::key).isEqualTo(first.key());
    assertThat(news.ended()).extracting(Alert::status).isEqualTo(AlertStatus.RESOLVED);
    assertThat(alert.observe(new Sighting.Healthy(), START.plusSeconds(60)))
        .isEqualTo(new DirectAlert.News(null, null));
  }

  @Test
  void aStallForWhichThePatienceGrewNeitherFiresNorHasEndedAndGoesOnAsTheSameAlert() {
    Alert first = firing(frozen(50), 50);
    assertThat(alert.observe(waiting(55), START.plusSeconds(55)))
        .isEqualTo(new DirectAlert.News(null, null));
    assertThat(firing(frozen(60), 60).key()).isEqualTo(first.key());
  }

  @Test
  void aStallThatBeganAfterTheAlertIsAnotherOne() {
    Alert first = firing(frozen(50), 50);
    DirectAlert.News young = alert.observe(waiting(3), START.plusSeconds(100));
    assertThat(young.ended()).isNotNull().extracting(Alert::key).isEqualTo(first.key());
  }

  @Test
  void aSecondFreezeRightAfterTheFirstEndsTheOneAndBeginsTheOther() {
    Alert first = firing(frozen(50), 50);
    DirectAlert.News both = alert.observe(frozen(46), START.plusSeconds(200));
    assertThat(both.ended()).isNotNull().extracting(Alert::key).isEqualTo(first.key());
    assertThat(both.firing())
        .isNotNull()
        .extracting(firing -> firing.key().startsAt())
        .isEqualTo(START.plusSeconds(199));
  }

  @Test
  void anExporterThatWasStartedAnewClaimsNoEndThatItDidNotSee() {
    firing(frozen(50), 50);
    DirectAlert another = new DirectAlert(Map.of("instance", "gpu-01:9100"), Duration.ofMinutes(1));
    assertThat(another.observe(new Sighting.Healthy(), START.plusSeconds(60)))
        .isEqualTo(new DirectAlert.News(null, null));
  }

  private Alert firing(Sighting sighting, int second) {
    return Objects.requireNonNull(alert.observe(sighting, START.plusSeconds(second)).firing());
  }

  private static Sighting frozen(int seconds) {
    return new Sighting.Frozen(
        new Stalled(
            Duration.ofSeconds(seconds), Duration.ofSeconds(45), StallReason.RUNNER_STALLED, null));
  }

  private static Sighting waiting(int seconds) {
    return new Sighting.Waiting(Duration.ofSeconds(seconds));
  }
}
