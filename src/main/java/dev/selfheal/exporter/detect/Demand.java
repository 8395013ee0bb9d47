package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Dialect;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody waits for a runner.
 *
 * @param since when the first of those that still wait began to
 * @param sure false where a stepped clock could look the same
 */
record Demand(Duration since, boolean sure) {
  /** A pooled connection that carries no new request for so long carries one that is not over. */
  static final Duration NO_NEW_REQUEST = Duration.ofSeconds(10);

  /** What a sample shows of it; null if nobody can be seen to wait. */
  static @Nullable Demand of(RunnerView view, CallTable calls, Held held) {
    Duration waiting = CallTable.earliest(Stream.of(alive(view, calls), calls.abandonedSince()));
    if (view.process().dialect() == Dialect.CONNECTION_PER_CALL) {
      // Each call that lasts is seen there; short ones without a pause let the time pass too.
      return waiting == null ? null : new Demand(waiting, true);
    }
    Duration kept = kept(view, calls, held);
    Duration since = CallTable.earliest(Stream.of(waiting, kept));
    if (since != null) {
      return new Demand(since, true);
    }
    return held.foundPast() == null ? null : new Demand(held.foundPast(), false);
  }

  /**
   * The clock that this demand alone would start.
   *
   * @param progress when the runner last made any; null if never
   */
  StallClock clock(@Nullable Duration progress) {
    Duration start = progress != null && progress.compareTo(since) > 0 ? progress : since;
    return new StallClock(start, sure ? StallClock.Kind.DEMANDED : StallClock.Kind.DOUBTFUL);
  }

  private static @Nullable Duration alive(RunnerView view, CallTable calls) {
    if (view.process().dialect() == Dialect.POOLED) {
      return null; // an idle connection stays open there
    }
    return CallTable.earliest(
        calls.all().stream().filter(CallWatch::alive).map(CallWatch::firstSeen));
  }

  private static @Nullable Duration kept(RunnerView view, CallTable calls, Held held) {
    if (held.passed() != null) {
      return held.passed();
    }
    Duration slides = held.slides();
    // The end of a call moves it too, once.
    boolean twice = slides != null && slides.compareTo(held.at()) < 0;
    if (!view.shared().counted() || !twice || calls.all().isEmpty()) {
      return null;
    }
    Duration still = CallTable.latest(calls.all().stream().map(CallWatch::receivedStillSince));
    boolean noNewRequest = still != null && held.at().minus(still).compareTo(NO_NEW_REQUEST) >= 0;
    return noNewRequest ? CallTable.latest(Stream.of(still, slides)) : null;
  }

  /**
   * Since when the model's expiry has said that a request holds the runner.
   *
   * @param at the time of the sample
   * @param passed since when its time has been over; null if it is not
   * @param slides since when it has moved with every look; null if it does not
   * @param foundPast since when it was found to be over; null if it was not
   */
  record Held(
      Duration at,
      @Nullable Duration passed,
      @Nullable Duration slides,
      @Nullable Duration foundPast) {

    static Held nothing(Duration at) {
      return new Held(at, null, null, null);
    }

    /** What the next sample makes of it. */
    Held next(Duration now, @Nullable ExpiryWatch expiry) {
      if (expiry == null) {
        return nothing(now);
      }
      return new Held(
          now,
          since(expiry.passed(), passed, now),
          since(expiry.slides(), slides, now),
          since(expiry.foundPast(), foundPast, now));
    }

    private static @Nullable Duration since(boolean now, @Nullable Duration before, Duration at) {
      return !now ? null : before == null ? at : before;
    }
  }
}
