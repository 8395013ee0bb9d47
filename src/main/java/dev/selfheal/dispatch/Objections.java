package dev.selfheal.dispatch;

import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Situation.Question;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Says whether what was started may still be done, by the orders and the configuration of now. */
final class Objections {

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Requests requests;
  private final Clock clock;
  private final LedgerTrouble trouble;

  /**
   * @param clock tells whether an order still stands
   */
  Objections(
      Ledger ledger,
      Supplier<Managed> managed,
      Requests requests,
      Clock clock,
      LedgerTrouble trouble) {
    this.ledger = ledger;
    this.managed = managed;
    this.requests = requests;
    this.clock = clock;
    this.trouble = trouble;
  }

  /**
   * Why nothing may be touched any more; empty if it may. Where the ledger cannot say whether
   * somebody has paused it, nothing may.
   *
   * @param question what the attempt came of
   */
  Optional<Reason> to(String actuator, Question question) {
    Managed now = managed.get();
    ClaimRequest request = requests.routine(now, actuator).asking(question);
    try {
      return now.policy().holdsBack(ledger.situation(request, now.policy()), clock.instant());
    } catch (LedgerException e) {
      trouble.met(e);
      return Optional.of(Reason.LEDGER_UNREADABLE);
    }
  }
}
