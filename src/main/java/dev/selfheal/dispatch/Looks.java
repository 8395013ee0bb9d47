package dev.selfheal.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sees to it that targets are looked at: soon, or exactly when a hold ends. One look at a target at
 * a time; what becomes due during a look leads to one more after it.
 */
public final class Looks {

  /** Longer waits are cut short; the look that then comes too early sets the next alarm. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private enum State {
    QUEUED,
    LOOKING,
    LOOKING_AND_QUEUED
  }

  private record Alarm(Instant when, Future<?> future) {}

  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Executor workers;
  private final Consumer<String> look;
  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Map<String, Alarm> alarms = new ConcurrentHashMap<>();

  /**
   * @param look looks at the target with this actuator's key, and does not throw
   */
  public Looks(
      Clock clock, ScheduledExecutorService timer, Executor workers, Consumer<String> look) {
    this.clock = clock;
    this.timer = timer;
    this.workers = workers;
    this.look = look;
  }

  /** Has a target looked at as soon as a worker is free. */
  public void soon(String actuator) {
    AtomicBoolean idle = new AtomicBoolean();
    states.compute(
        actuator,
        (key, state) -> {
          idle.set(state == null);
          return state == null || state == State.QUEUED ? State.QUEUED : State.LOOKING_AND_QUEUED;
        });
    if (idle.get()) {
      workers.execute(() -> lookOnce(actuator));
    }
  }

  /** Has a target looked at then; replaces an alarm that was set before. */
  public void at(String actuator, Instant when) {
    alarms.compute(
        actuator,
        (key, old) -> {
          if (old != null) {
            old.future().cancel(false);
          }
          return new Alarm(when, timer.schedule(() -> ring(key), wait(when), TimeUnit.NANOSECONDS));
        });
  }

  /** Cancels the alarm of a target that nothing is wrong with. */
  public void never(String actuator) {
    alarms.computeIfPresent(
        actuator,
        (key, old) -> {
          old.future().cancel(false);
          return null;
        });
  }

  private void ring(String actuator) {
    alarms.remove(actuator);
    soon(actuator);
  }

  private long wait(Instant when) {
    Duration left = Duration.between(clock.instant(), when);
    Duration bounded = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    return Math.max(0, bounded.toNanos());
  }

  private void lookOnce(String actuator) {
    states.put(actuator, State.LOOKING);
    try {
      look.accept(actuator);
    } finally {
      State after =
          states.compute(
              actuator, (key, state) -> state == State.LOOKING_AND_QUEUED ? State.QUEUED : null);
      if (after == State.QUEUED) {
        workers.execute(() -> lookOnce(actuator));
      }
    }
  }
}
