package dev.selfheal.dispatch;

import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was decided, once for each change, and knows the decision that stands for each target.
 */
public final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(Remediator.class);

  private final DispatchListener listener;
  private final Map<String, Standing> standing = new ConcurrentHashMap<>();

  private record Standing(String kind, String reason, long incident, Decision decision) {
    /** Each restart is one more, whatever it is for. */
    boolean sameAs(Standing other) {
      return !(decision instanceof Decision.Restart)
          && kind.equals(other.kind)
          && reason.equals(other.reason)
          && incident == other.incident;
    }
  }

  public Announcer(DispatchListener listener) {
    this.listener = listener;
  }

  /** Whether a target waits for nothing but news: it is held as unconfirmed, or not held at all. */
  boolean awaitsNews(String target) {
    return held(target).map(hold -> hold.reason() == Reason.UNCONFIRMED).orElse(true);
  }

  /** Why a target is held at present, and until when; empty if it is not. */
  public Optional<Decision.Hold> held(String target) {
    return Optional.ofNullable(standing.get(target)).flatMap(now -> hold(now.decision()));
  }

  /** What has just been escalated is held, too: every later look says so. */
  private static Optional<Decision.Hold> hold(Decision decision) {
    if (decision instanceof Decision.Escalate) {
      return Optional.of(new Decision.Hold(Decision.NO_END, Reason.ESCALATED));
    }
    return decision instanceof Decision.Hold hold ? Optional.of(hold) : Optional.empty();
  }

  /** Something was decided about a target. */
  void announce(String target, Claim claim) {
    Decision decision = claim.decision();
    Standing now =
        new Standing(decision.label(), decision.reason().label(), claim.incident(), decision);
    boolean nothingWasWrong = claim.incident() == 0 && !standing.containsKey(target);
    Standing before =
        claim.incident() == 0 || decision instanceof Decision.Nothing
            ? standing.remove(target)
            : standing.put(target, now);
    if (nothingWasWrong || (before != null && before.sameAs(now))) {
      return;
    }
    listener.decided(target, decision);
    log(target, claim);
  }

  private static void log(String target, Claim claim) {
    Decision decision = claim.decision();
    String line =
        "target=%s decision=%s reason=%s incident=%d attempt=%s%s: %s"
            .formatted(
                target,
                decision.label(),
                decision.reason().label(),
                claim.incident(),
                claim.attempt() == 0 ? "-" : claim.attempt(),
                more(decision),
                decision.reason().sentence());
    if (decision.reason().tellsHuman()) {
      LOG.error("{}", line);
    } else {
      LOG.info("{}", line);
    }
  }

  private static String more(Decision decision) {
    if (decision instanceof Decision.Restart restart) {
      return " action=" + restart.action().label();
    }
    return decision instanceof Decision.Hold hold && !hold.until().equals(Decision.NO_END)
        ? " until=" + hold.until()
        : "";
  }
}
