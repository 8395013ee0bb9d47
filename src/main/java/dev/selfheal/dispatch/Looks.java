package dev.selfheal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  /** An alarm is known by its identity: one that rings late must not silence its successor. */
  private static final class Alarm {
    private @Nullable Future<?> future;

    void cancel() {
      if (future != null) {
        future.cancel(false);
      }
    }
  }

  private final Workers workers;
  private final Function<String, Look> look;
  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Map<String, Alarm> alarms = new ConcurrentHashMap<>();

  /** What remains of a look after its quick part. */
  public sealed interface Look {
    /** Nothing remains. */
    record Done() implements Look {}

    /** Somebody must be asked first, and may keep the asker waiting. Does not throw. */
    record Asks(Runnable rest) implements Look {}
  }

  /**
   * @param look looks at the target with this actuator's key, waits for nobody, and does not throw
   */
  public Looks(Workers workers, Function<String, Look> look) {
    this.workers = workers;
    this.look = look;
  }

  /** Has a target looked at as soon as a worker is free. Never, if this receiver is ending. */
  public void soon(String actuator) {
    AtomicBoolean idle = new AtomicBoolean();
    states.compute(
        actuator,
        (key, state) -> {
          idle.set(state == null);
          return state == null || state == State.QUEUED ? State.QUEUED : State.LOOKING_AND_QUEUED;
        });
    if (idle.get()) {
      run(workers.lookers(), actuator, () -> lookOnce(actuator));
    }
  }

  /** Has a target looked at then; replaces an alarm that was set before. */
  public void at(String actuator, Instant when) {
    alarms.compute(
        actuator,
        (key, old) -> {
          if (old != null) {
            old.cancel();
          }
          return alarm(key, when);
        });
  }

  /** Cancels the alarm of a target that no hold will end for. */
  public void never(String actuator) {
    alarms.computeIfPresent(
        actuator,
        (key, old) -> {
          old.cancel();
          return null;
        });
  }

  /** How many targets are being looked at, or will be soon. */
  int busy() {
    return states.size();
  }

  /** How many alarms are set. */
  int alarms() {
    return alarms.size();
  }

  private @Nullable Alarm alarm(String actuator, Instant when) {
    Alarm alarm = new Alarm();
    try {
      alarm.future =
          workers
              .timer()
              .schedule(() -> ring(actuator, alarm), nanosUntil(when), TimeUnit.NANOSECONDS);
      return alarm;
    } catch (RejectedExecutionException e) {
      return null; // This receiver is ending; the next one looks at every open incident.
    }
  }

  private void ring(String actuator, Alarm alarm) {
    alarms.remove(actuator, alarm);
    soon(actuator);
  }

  private long nanosUntil(Instant when) {
    Duration left = Duration.between(workers.clock().instant(), when);
    Duration bounded = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    return bounded.isNegative() ? 0 : bounded.toNanos();
  }

  private void lookOnce(String actuator) {
    states.put(actuator, State.LOOKING);
    boolean over = true;
    try {
      if (look.apply(actuator) instanceof Look.Asks asks) {
        over = false;
        run(workers.askers(), actuator, () -> finish(actuator, asks.rest()));
      }
    } finally {
      if (over) {
        over(actuator);
      }
    }
  }

  private void finish(String actuator, Runnable rest) {
    try {
      rest.run();
    } finally {
      over(actuator);
    }
  }

  private void over(String actuator) {
    State after =
        states.compute(
            actuator, (key, state) -> state == State.LOOKING_AND_QUEUED ? State.QUEUED : null);
    if (after == State.QUEUED) {
      run(workers.lookers(), actuator, () -> lookOnce(actuator));
    }
  }

  /** Whoever makes the threads ends them only when this receiver ends. */
  private void run(Executor executor, String actuator, Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      states.remove(actuator);
    }
  }
}
