package dev.selfheal.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Loads and unloads models, with the habits and the hangs of the real one. */
final class Scheduler {
  private static final int PINGS = 2;
  private static final int PING_MILLIS = 10_000;
  private static final Duration SWEEP = Duration.ofMillis(100);

  private final Setting setting;
  private final RunnerStarter starter;
  private final Time time;
  private final Orders orders;
  private final Map<FakeModel, Loaded> loaded = new ConcurrentHashMap<>();
  private final Map<FakeModel, ReentrantLock> doors = new ConcurrentHashMap<>();

  /** Held while a runner is ended, and wanted by {@code /api/ps}. */
  private final ReentrantLock list = new ReentrantLock();

  private final Condition nobodyPings = list.newCondition();

  /** How many runners are being looked at, which {@code /api/ps} waits for, too. */
  private int pinged;

  Scheduler(Setting setting, RunnerStarter starter, Time time, Orders orders) {
    this.setting = setting;
    this.starter = starter;
    this.time = time;
    this.orders = orders;
  }

  /** Unloads what is over, for ever. */
  void sweep() {
    try {
      while (true) {
        time.pauser().pause(SWEEP);
        for (Loaded each : List.copyOf(loaded.values())) {
          if (each.isOver() && orders.unloads()) {
            unload(each);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What {@code /api/ps} lists; blocks while a runner is being replaced. */
  List<Loaded.Listed> list() throws InterruptedException {
    list.lock();
    try {
      while (pinged > 0) {
        nobodyPings.await();
      }
      return loaded.values().stream().map(Loaded::listed).toList();
    } finally {
      list.unlock();
    }
  }

  /** A model that is in memory, if it is. */
  @Nullable Loaded find(FakeModel model) {
    return loaded.get(model);
  }

  Collection<Loaded> all() {
    return new ArrayList<>(loaded.values());
  }

  /** The model, loaded if it was not, and held for the caller, who releases it. */
  Loaded acquire(FakeModel model, @Nullable Duration keepAlive)
      throws IOException, InterruptedException {
    if (orders.isDeadlocked()) {
      new CountDownLatch(1).await(); // Nothing ever wakes it.
    }
    ReentrantLock door = doors.computeIfAbsent(model, any -> new ReentrantLock(true));
    door.lock();
    try {
      Loaded found = loaded.get(model);
      if (found != null && !answers(found)) {
        found.awaitIdle();
        unload(found);
        found = null;
      }
      Loaded held = found == null ? load(model) : found;
      held.keep(keepAlive == null ? setting.keepAlive() : keepAlive);
      held.hold();
      return held;
    } finally {
      door.unlock();
    }
  }

  /** Two pings of 10 s: a runner that is stopped or dead is replaced. */
  private boolean answers(Loaded model) {
    int blocks = setting.version() == FakeVersion.PER_CALL ? 1 : 0;
    pinged(blocks);
    try {
      for (int i = 0; i < PINGS; i++) {
        if (model.runner().isAlive() && pings(model)) {
          return true;
        }
      }
      return false;
    } finally {
      pinged(-blocks);
    }
  }

  private void pinged(int change) {
    list.lock();
    try {
      pinged += change;
      nobodyPings.signalAll();
    } finally {
      list.unlock();
    }
  }

  private static boolean pings(Loaded model) {
    return Integer.valueOf(200).equals(model.runner().line().health(PING_MILLIS));
  }

  private Loaded load(FakeModel model) throws IOException, InterruptedException {
    RunnerHandle runner = starter.start(model, orders.loadMillis());
    orders.standing().forEach(runner::command);
    Loaded made = new Loaded(model, runner, time.clock(), setting.keepAlive());
    loaded.put(model, made);
    return made;
  }

  private void unload(Loaded model) throws InterruptedException {
    list.lock();
    try {
      model.runner().kill();
      if (orders.isWedged()) {
        new CountDownLatch(1).await(); // With the lock held: the list answers no more.
      }
      loaded.remove(model.model(), model);
    } finally {
      list.unlock();
    }
  }
}
