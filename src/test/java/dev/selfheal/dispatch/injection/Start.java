package dev.selfheal.dispatch.injection;

import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One started attempt, as the test saw it, in time as it really passed. */
final class Start {
  final String target;
  final long attempt;
  final long incident;
  final Instant at;
  final int invocation;

  /** Whether a model may be asked in it. */
  final boolean asks;

  @Nullable Instant ended;
  @Nullable Result result;

  /** When its command reached the host. */
  @Nullable Instant touched;

  /** Whether the receiver knows what became of that. */
  boolean known = true;

  /** Whether an operator has resumed since. */
  boolean forgiven;

  /**
   * @param server as it is now
   */
  Start(Target target, Claim claim, Server server) {
    this.target = target.name();
    this.attempt = claim.attempt();
    this.incident = claim.incident();
    this.at = server.world.now();
    this.invocation = server.invocation;
    this.asks = target.recovery().canary();
  }

  boolean spends() {
    Result end = result;
    return touched != null || end == null || end.spends();
  }

  boolean failed() {
    Result end = result;
    return end != null && end.outcome().failed();
  }

  boolean within(Instant now, Duration window) {
    return at.isAfter(now.minus(window));
  }
}
