package dev.selfheal.dispatch.injection;

import dev.selfheal.testkit.ManualTimer;
import dev.selfheal.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Time as it really passes, what happens in it, and what was wrong with that. */
final class World {
  static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

  final Dice dice;
  final SettableClock real = new SettableClock(BEGIN);
  final ManualTimer timer = new ManualTimer(real, this::settle);
  final SteppedClock clock = new SteppedClock(real);
  final List<String> wrong = new ArrayList<>();
  private final List<Runnable> ready = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();

  /** Whether nothing goes wrong any more that has not already. */
  boolean calm;

  World(long seed) {
    this.dice = new Dice(seed);
  }

  Instant now() {
    return real.instant();
  }

  /** Something goes wrong with this probability, until all is calm. */
  boolean mishap(double probability) {
    return dice.in(probability) && !calm;
  }

  /** What happened, one line each. */
  List<String> steps() {
    return steps;
  }

  void step(String what) {
    Duration since = Duration.between(BEGIN, now());
    steps.add("%8.1f  %s".formatted(since.toMillis() / 1000.0, what));
  }

  /** An invariant does not hold. */
  void wrong(String what) {
    step("WRONG: " + what);
    wrong.add(what);
  }

  /** Something happens later. */
  Future<?> after(Duration time, Runnable event) {
    return timer.schedule(() -> guarded(event), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Something happens as soon as its turn comes, which is anybody's guess. */
  void soon(Runnable work) {
    ready.add(work);
  }

  /** What has no business to fail. */
  void guarded(Runnable event) {
    try {
      event.run();
    } catch (Killed e) {
      // Whoever did it has gone on already.
    } catch (RuntimeException | Error e) {
      wrong("unexpected: " + e + " at " + List.of(e.getStackTrace()).subList(0, 3));
    }
  }

  private void settle() {
    while (!ready.isEmpty()) {
      guarded(dice.draw(ready));
    }
  }

  void pass(Duration time) {
    settle();
    timer.pass(time);
  }

  /**
   * Lets time pass for the receiver's work that asks for it.
   *
   * @param patient whether it does not mind that the receiver is told to stop
   */
  void sleep(Duration time, boolean patient) throws InterruptedException {
    Instant end = now().plus(time);
    Fiber self = Fiber.current();
    Future<?> wake = after(time, self::resume);
    do {
      self.park();
      if (!patient && Thread.interrupted()) {
        wake.cancel(false);
        throw new InterruptedException();
      }
    } while (now().isBefore(end));
  }
}
