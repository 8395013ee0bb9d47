package dev.selfheal.dispatch;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Reason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The targets that the fleet's limits hold, in the order in which they were held. When a place
 * becomes free they are called one after another until it is taken: to look at all of them at once
 * would cost a large fleet a thousand decisions for each restart.
 */
final class FleetLine {

  private final Consumer<String> look;
  private final Map<String, Reason> line = new LinkedHashMap<>();
  private final Map<String, Queue<String>> called = new HashMap<>();

  /**
   * @param look has the target with this actuator's key looked at soon
   */
  FleetLine(Consumer<String> look) {
    this.look = look;
  }

  /**
   * An attempt has ended.
   *
   * @param spent whether it counts towards the fleet's share; else more targets may be restarted
   */
  synchronized void free(boolean spent) {
    Queue<String> round = new ArrayDeque<>();
    line.forEach(
        (actuator, reason) -> {
          if (!spent || reason == Reason.FLEET_BUSY) {
            round.add(actuator);
          }
        });
    callNext(round);
  }

  /** Something was decided about a target, whether it was called or not. */
  synchronized void decided(String actuator, Decision decision) {
    Reason reason = decision.reason();
    if (reason == Reason.FLEET_BUSY || reason == Reason.FLEET_SHARE) {
      line.put(actuator, reason);
    } else {
      line.remove(actuator);
    }
    Queue<String> round = called.remove(actuator);
    if (round != null && !takesAPlace(decision) && reason != Reason.FLEET_BUSY) {
      callNext(round);
    }
  }

  /** What only waits for approval, or is only recorded, leaves the place to the next. */
  private static boolean takesAPlace(Decision decision) {
    return decision instanceof Decision.Restart restart && restart.mode() == Mode.ACT;
  }

  private void callNext(Queue<String> round) {
    String next = round.poll();
    while (next != null && (!line.containsKey(next) || called.containsKey(next))) {
      next = round.poll();
    }
    if (next != null) {
      called.put(next, round);
      look.accept(next);
    }
  }
}
