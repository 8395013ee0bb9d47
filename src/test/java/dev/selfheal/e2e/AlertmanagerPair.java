package dev.selfheal.e2e;

import dev.selfheal.testkit.AlertmanagerProcess;
import java.io.IOException;
import java.util.List;

/** Two Alertmanagers in one cluster that do what an operator fears: both deliver everything. */
final class AlertmanagerPair {

  private AlertmanagerPair() {}

  /**
   * The arguments of each. A pair delivers at least once: the second one waits for its turn and
   * sends only what it has not heard to be sent. Here the first one's word comes too late.
   *
   * @param turn how long the second one waits for its turn, as Alertmanager writes durations
   */
  static List<List<String>> thatDeliversTwice(String turn) {
    String first = AlertmanagerProcess.freeAddress();
    String second = AlertmanagerProcess.freeAddress();
    return List.of(arguments(first, second, turn), arguments(second, first, turn));
  }

  private static List<String> arguments(String own, String other, String turn) {
    return List.of(
        "--cluster.listen-address=" + own,
        "--cluster.peer=" + other,
        "--cluster.peer-timeout=" + turn,
        // Each begins at a random moment of its interval, so a minute is not long enough. A probe
        // takes
        // along what there is to tell.
        "--cluster.gossip-interval=1h",
        "--cluster.pushpull-interval=1h",
        "--cluster.probe-interval=1h",
        "--cluster.settle-timeout=1s");
  }

  /** Whether each of them has sent at least so many notifications. */
  static boolean bothTold(Chain chain, int notifications) throws IOException {
    for (AlertmanagerProcess each : chain.alertmanagers) {
      if (each.notificationsSent() < notifications) {
        return false;
      }
    }
    return true;
  }

  /** How many notifications of either have failed. */
  static long failures(Chain chain) throws IOException {
    long failed = 0;
    for (AlertmanagerProcess each : chain.alertmanagers) {
      failed += each.notificationsFailed();
    }
    return failed;
  }
}
