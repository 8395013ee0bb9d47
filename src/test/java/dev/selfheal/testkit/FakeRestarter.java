package dev.selfheal.testkit;

import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.action.Sighting;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Restarts nothing, and remembers what it was asked to restart. Each restart recovers its target.
 */
public final class FakeRestarter implements Restarter {
  private final List<String> restarted = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on a restart takes until {@link #release}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  /** Lets the restarts that are held end. */
  public void release() {
    gate.countDown();
  }

  /** The names of the targets that a restart was begun of, in that order. */
  public List<String> restarted() {
    return List.copyOf(restarted);
  }

  @Override
  public Report restart(Order order) {
    Optional<Reason> objection = order.lastWord().objection();
    if (objection.isPresent()) {
      return new Report(Result.heldBack(objection.get()), "held back");
    }
    restarted.add(order.target().name());
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Report(Result.of(Outcome.ABANDONED, Reason.RECEIVER_DIED), "interrupted");
    }
    return new Report(
        Result.of(Outcome.RECOVERED, Reason.PROVEN), "restarted by a fake", "seen by a fake");
  }

  @Override
  public Sighting look(Target target) {
    return new Sighting(true, "a fake unit of " + target.name());
  }
}
