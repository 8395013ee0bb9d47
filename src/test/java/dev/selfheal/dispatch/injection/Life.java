package dev.selfheal.dispatch.injection;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One life of a receiver's process, with its threads. Nothing of it goes on after its end. */
final class Life {
  private final World world;
  private final List<Fiber> fibers = new ArrayList<>();

  /** Whether it takes on no more work. */
  boolean ending;

  /** Whether it is dead. */
  boolean over;

  /** Whether it hears notifications. */
  boolean listens;

  Life(World world) {
    this.world = world;
  }

  /** Work that may wait, each piece in a thread of its own; or else work that never does. */
  ExecutorService workers(boolean patient) {
    return new Workers(patient);
  }

  /** Its timer, which loses an alarm now and then. */
  ScheduledExecutorService timer() {
    return (ScheduledExecutorService)
        Proxy.newProxyInstance(
            Life.class.getClassLoader(),
            new Class<?>[] {ScheduledExecutorService.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("schedule")
                  || !(arguments[0] instanceof Runnable work)) {
                throw new UnsupportedOperationException(method.getName());
              }
              refuseIfEnding();
              boolean lost = world.mishap(0.01);
              Duration delay =
                  Duration.of((Long) arguments[1], ((TimeUnit) arguments[2]).toChronoUnit());
              return world.after(delay, () -> ring(work, lost));
            });
  }

  private void ring(Runnable work, boolean lost) {
    if (lost) {
      world.step("an alarm is lost");
    } else if (!ending) {
      work.run();
    }
  }

  private void refuseIfEnding() {
    if (ending) {
      throw new RejectedExecutionException("shut down");
    }
  }

  /** Runs what may wait. */
  void run(Runnable work) {
    Fiber fiber = new Fiber(() -> world.guarded(work));
    fibers.removeIf(Fiber::ended);
    fibers.add(fiber);
    fiber.start();
  }

  /** Everything is told to end, and takes its time. */
  void stop() {
    ending = true;
    listens = false;
    List.copyOf(fibers).forEach(Fiber::interrupt);
  }

  /** Everything ends where it is; soon, as whoever kills it may hold a lock that it wants. */
  void kill() {
    ending = true;
    listens = false;
    over = true;
    fibers.forEach(Fiber::kill);
    List.copyOf(fibers).forEach(fiber -> world.soon(fiber::resume));
  }

  private final class Workers extends AbstractExecutorService {
    private final boolean patient;

    Workers(boolean patient) {
      this.patient = patient;
    }

    @Override
    public void execute(Runnable work) {
      refuseIfEnding();
      world.soon(
          () -> {
            if (ending) {
              return;
            }
            if (patient) {
              run(work);
            } else {
              work.run();
            }
          });
    }

    @Override
    public void shutdown() {
      throw new UnsupportedOperationException("it ends with its life");
    }

    @Override
    public List<Runnable> shutdownNow() {
      throw new UnsupportedOperationException("it ends with its life");
    }

    @Override
    public boolean isShutdown() {
      return ending;
    }

    @Override
    public boolean isTerminated() {
      return over;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
      return over;
    }
  }
}
