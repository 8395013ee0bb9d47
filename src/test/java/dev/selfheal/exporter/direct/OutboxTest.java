package dev.selfheal.exporter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Outbox outbox = new Outbox(Duration.ofSeconds(20));

  @Test
  void whatFiresIsDueAtOnceAndThenAfterEachRepeat() {
    outbox.take(fires(1), 0);
    assertThat(outbox.untilDue(0)).isZero();
    outbox.delivered(outbox.content(), 0);
    outbox.take(fires(1), 5 * SECOND);
    assertThat(outbox.untilDue(5 * SECOND)).isEqualTo(15 * SECOND);
    assertThat(outbox.content()).hasSize(1);
  }

  @Test
  void aFailureIsTriedAgainLaterEachTimeAndNeverLaterThanARepeat() {
    outbox.take(fires(1), 0);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      outbox.failed(0);
      waits.add(outbox.untilDue(0) / SECOND);
    }
    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 20L, 20L);
    outbox.delivered(outbox.content(), 0);
    outbox.failed(0);
    assertThat(outbox.untilDue(0)).isEqualTo(SECOND);
  }

  @Test
  void anEndIsToldUntilItIsTakenAndThenNothingIsLeft() {
    outbox.take(fires(1), 0);
    outbox.delivered(outbox.content(), 0);
    outbox.take(ends(1), SECOND);
    assertThat(outbox.untilDue(SECOND)).isZero();
    outbox.failed(SECOND);
    assertThat(outbox.content()).extracting(Alert::status).containsExactly(AlertStatus.RESOLVED);
    outbox.delivered(outbox.content(), 2 * SECOND);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void whatNoRoundHasSeenForAMinuteIsNotRepeatedUntilOneSeesIt() {
    outbox.take(fires(1), 0);
    outbox.delivered(outbox.content(), 0);
    outbox.forget(60 * SECOND);
    assertThat(outbox.isEmpty()).isFalse();
    outbox.forget(61 * SECOND);
    assertThat(outbox.isEmpty()).isTrue();
    outbox.take(fires(1), 90 * SECOND);
    assertThat(outbox.untilDue(90 * SECOND)).isZero();
  }

  @Test
  void aStallThatNoLongerCountsIsNotRepeated() {
    outbox.take(fires(1), 0);
    outbox.take(new DirectAlert.News(null, null), SECOND);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void keepsSixteenEndsForAReceiverThatIsAway() {
    for (int i = 1; i <= 40; i++) {
      outbox.take(ends(i), i * SECOND);
    }
    assertThat(outbox.content()).hasSize(16).last().isEqualTo(ends(40).ended());
  }

  private static DirectAlert.News fires(int number) {
    return new DirectAlert.News(alert(number, AlertStatus.FIRING), null);
  }

  private static DirectAlert.News ends(int number) {
    return new DirectAlert.News(null, alert(number, AlertStatus.RESOLVED));
  }

  private static Alert alert(int number, AlertStatus status) {
    AlertKey key = new AlertKey("0123456789abcdef", Instant.ofEpochSecond(number));
    return new Alert(key, status, Map.of(), Map.of());
  }
}
