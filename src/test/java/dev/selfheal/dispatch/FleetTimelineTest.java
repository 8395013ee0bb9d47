package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad alerting rule, and a whole fleet that it calls frozen. */
class FleetTimelineTest {

  @TempDir private Path folder;
  private @Nullable Receiver opened;

  @AfterEach
  void end() {
    if (opened != null) {
      opened.close();
    }
  }

  private Receiver receiver(int targets, FleetLimit limit) {
    Receiver receiver = new Receiver(folder, Fleet.of(targets, Fleet.limits(limit)));
    opened = receiver;
    return receiver;
  }

  private static Alert[] storm(int targets) {
    return IntStream.range(0, targets).mapToObj(Fleet::firing).toArray(Alert[]::new);
  }

  @Test
  void startsTheNextTargetTheMomentAnAttemptEnds() {
    Receiver receiver = receiver(3, new FleetLimit(1, 1, Duration.ofMinutes(10)));
    receiver.hears(storm(3));
    receiver.after(Duration.ofSeconds(20));
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.restarter.restarted)
        .extracting("name")
        .containsExactly("gpu-0", "gpu-1", "gpu-2");
  }

  @Test
  void goesOnExactlyWhenTheShareAllowsAnotherTarget() {
    Receiver receiver = receiver(3, new FleetLimit(3, 0.34, Duration.ofMinutes(10)));
    receiver.hears(storm(3));
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.running()).isZero();
    receiver.active(1, 2);
    receiver.after(Duration.ofMinutes(10).minusMillis(1));
    assertThat(receiver.running()).isZero();
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void givesThePlaceOfAnAttemptThatTouchedNothingToAnotherTarget() {
    Receiver receiver = receiver(2, new FleetLimit(2, 0.5, Duration.ofMinutes(10)));
    receiver.hears(storm(2));
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Result.untouched(Reason.COMMAND_NOT_STARTED));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void survivesAStormOfAThousandWithinTheLimitsAndLosesNothing() {
    Receiver receiver = receiver(1_000, new FleetLimit(1, 0.01, Duration.ofMinutes(10)));
    assertThat(receiver.hears(storm(1_000)).accepted()).isEqualTo(1_000);
    int started = 0;
    while (receiver.running() > 0) {
      assertThat(receiver.running()).isEqualTo(1);
      started++;
      receiver.attemptEnds(Outcome.RECOVERED);
      receiver.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(started).isEqualTo(10);
    assertThat(receiver.ledger.openIncidents()).hasSize(1_000);
    assertThat(receiver.tricks.calls).filteredOn("claim"::equals).hasSizeLessThan(2_100);
  }
}
