package dev.selfheal.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Waits for things to happen, and shows meanwhile how far they are; never for ever. */
final class Watch {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Time time;
  private final Screen screen;
  private final Check check;

  /** Something that must hold all the time. */
  @FunctionalInterface
  interface Check {
    /**
     * Looks whether it holds.
     *
     * @throws DemoFailed if it does not hold any more
     */
    void now() throws DemoFailed, InterruptedException;
  }

  /** A look whether it has happened. */
  @FunctionalInterface
  interface Look<T> {
    /**
     * What was found; null while it has not happened.
     *
     * @throws IOException if that cannot be seen now; the next look may succeed
     * @throws DemoFailed if it cannot happen any more
     */
    @Nullable T look() throws IOException, DemoFailed, InterruptedException;
  }

  /** How far it is, in words. */
  @FunctionalInterface
  interface Progress {
    /**
     * Words it.
     *
     * @throws IOException if that cannot be seen now
     */
    String words() throws IOException, InterruptedException;
  }

  /**
   * What is waited for.
   *
   * @param what a sentence that would be true
   * @param limit for how long
   * @param where one should look if it does not happen
   * @param progress how far it is
   */
  record Awaited(String what, Duration limit, String where, Progress progress) {}

  Watch(Time time, Screen screen, Check check) {
    this.time = time;
    this.screen = screen;
    this.check = check;
  }

  /**
   * Returns what was found as soon as it has happened.
   *
   * @throws DemoFailed if it does not happen in time, saying so and where to look
   */
  <T> T until(Awaited awaited, Look<T> look) throws DemoFailed, InterruptedException {
    long end = time.ticker().getAsLong() + awaited.limit().toNanos();
    while (true) {
      check.now();
      String progress;
      try {
        T found = look.look();
        if (found != null) {
          return found;
        }
        progress = awaited.progress().words();
      } catch (IOException e) {
        progress = e.getMessage() == null ? "no answer yet" : e.getMessage();
      }
      if (time.ticker().getAsLong() >= end) {
        throw late(awaited, progress);
      }
      screen.waiting(progress);
      time.pauser().pause(BETWEEN_LOOKS);
    }
  }

  /** Lets time pass while something goes on as it is. */
  void pass(Duration length, String meanwhile, Check goesOn)
      throws DemoFailed, InterruptedException {
    long end = time.ticker().getAsLong() + length.toNanos();
    for (long now = time.ticker().getAsLong(); now < end; now = time.ticker().getAsLong()) {
      check.now();
      goesOn.now();
      screen.waiting(
          String.format(Locale.ROOT, "%s (%.0f s more)", meanwhile, Math.ceil((end - now) / 1e9)));
      time.pauser().pause(BETWEEN_LOOKS);
    }
    goesOn.now();
  }

  private static DemoFailed late(Awaited awaited, String progress) {
    return DemoFailed.notShown(
        String.format(
            Locale.ROOT,
            "within %s it did not happen that %s (last seen: %s): look at %s",
            Tempo.words(awaited.limit()),
            awaited.what(),
            progress,
            awaited.where()));
  }
}
