package dev.selfheal.dispatch.injection;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.dispatch.Intake;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Brings notifications to the receiver, again and again if need be, and knows what it took. */
final class Post {
  private final World world;
  private final Node node;
  private final Map<AlertKey, Long> firing = new HashMap<>();
  private final Set<AlertKey> over = new HashSet<>();

  Post(World world, Node node) {
    this.world = world;
    this.node = node;
  }

  void send(Payload payload, String target, int tries) {
    Alert alert = payload.alerts().get(0);
    if (node.listens()) {
      if (alert.status() == AlertStatus.RESOLVED) {
        over.add(alert.key()); // It may be taken in though its sender never learns of it.
      }
      try {
        Intake intake = node.hears(payload);
        world.step(target + " " + alert.status() + " " + alert.key() + ": " + intake);
        taken(alert, target, intake);
        return;
      } catch (LedgerException e) {
        world.step(target + " " + alert.status() + " is not taken: " + e.getMessage());
      }
    }
    if (tries > 0) {
      var unused = world.after(Duration.ofSeconds(10), () -> send(payload, target, tries - 1));
    }
  }

  private void taken(Alert alert, String target, Intake intake) {
    if (intake.accepted() == 0) {
      if (node.manages(target)) {
        world.wrong("an alert of " + target + " was ignored");
      }
      return;
    }
    if (alert.status() == AlertStatus.RESOLVED || over.contains(alert.key())) {
      return;
    }
    if (intake.incidents().size() != 1 || !node.shelf().isOpen(intake.incidents().get(0), target)) {
      world.wrong("an alert of " + target + " was taken in, but no incident is open");
      return;
    }
    boolean direct = alert.annotations().containsKey(Payload.REPEAT_ANNOTATION);
    if (!direct) {
      firing.put(alert.key(), intake.incidents().get(0));
    }
  }

  /** An incident was closed. */
  void closed(long incident, Reason reason) {
    boolean fires =
        firing.entrySet().stream()
            .anyMatch(pair -> pair.getValue() == incident && !over.contains(pair.getKey()));
    if (reason == Reason.ALERT_RESOLVED && fires) {
      world.wrong("incident " + incident + " is closed as resolved while an alert of it fires");
    }
  }
}
