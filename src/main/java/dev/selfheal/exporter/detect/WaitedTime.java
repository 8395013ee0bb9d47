package dev.selfheal.exporter.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long somebody was seen to wait while a stall clock ran. A clock that was started by a
 * glimpse of somebody proves little: that call may have been answered right after, between two
 * samples, and others like it since.
 */
final class WaitedTime {
  private Duration waited = Duration.ZERO;
  private @Nullable Duration since;
  private Duration last = Duration.ZERO;

  /**
   * Notes a sample.
   *
   * @param clock when the stall clock started; null while none runs
   * @param waits whether somebody is seen to wait now
   */
  void add(Duration at, @Nullable Duration clock, boolean waits) {
    if (clock == null || (since != null && clock.compareTo(since) > 0)) {
      waited = Duration.ZERO;
    }
    if (clock != null && waits) {
      waited = waited.plus(at.minus(clock.compareTo(last) > 0 ? clock : last));
    }
    since = clock;
    last = at;
  }

  /** The sum over all who were seen, while the clock that runs now ran. */
  Duration sum() {
    return waited;
  }
}
