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
  private volatile CountDownLatch doubt = new CountDownLatch(0);

  /** From now on a restart takes until {@link #release}. */
  public void hold() {
    gate = new CountDownLatch(1);
  }

  /** From now on a restart is not begun before {@link #release}, and may still be called off. */
  public void holdBeforeTheLastWord() {
    doubt = new CountDownLatch(1);
  }

  /** Lets the restarts go on that are held. */
  public void release() {
    doubt.countDown();
    gate.countDown();
  }

  /** The names of the targets that a restart was begun of, in that order. */
  public List<String> restarted() {
    return List.copyOf(restarted);
  }

  @Override
  public Report restart(Order order) {
    try {
      return held(order);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Report(Result.of(Outcome.ABANDONED, Reason.RECEIVER_DIED), "interrupted");
    }
  }

  private Report held(Order order) throws InterruptedException {
    doubt.await();
    Optional<Reason> objection = order.lastWord().objection();
    if (objection.isPresent()) {
      return new Report(Result.heldBack(objection.get()), "held back");
    }
    restarted.add(order.target().name());
    gate.await();
    return new Report(
        Result.of(Outcome.RECOVERED, Reason.PROVEN), "restarted by a fake", "seen by a fake");
  }

  @Override
  public Sighting look(Target target) {
    return new Sighting(true, "a fake unit of " + target.name());
  }
}
