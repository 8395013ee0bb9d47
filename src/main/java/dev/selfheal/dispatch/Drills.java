package dev.selfheal.dispatch;

import dev.selfheal.ledger.Ledger;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes on purpose, as far as the receiver has to do with them: it marks what it does meanwhile,
 * and remembers how they ended. It decides as always.
 */
public final class Drills {

  private static final Logger LOG = LoggerFactory.getLogger(Drills.class);

  private final Ledger ledger;

  Drills(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * A target will be frozen: attempts on it belong to the drill until that ends.
   *
   * @param limit when the drill has ended in any case, above zero and at most {@link Drill#LONGEST}
   * @param force whether one that is under way is ended as failed
   * @return its number; empty if another one is under way
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written
   */
  public OptionalLong begin(Target target, Duration limit, boolean force) {
    OptionalLong drill = ledger.beginDrill(Managed.place(target), limit, force);
    drill.ifPresent(
        number ->
            LOG.info(
                "target={} drill={} begins, and ends within {} s",
                target.name(),
                number,
                limit.toSeconds()));
    return drill;
  }

  /**
   * A drill has ended.
   *
   * @return false if it is not under way, or not any more
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written
   */
  public boolean end(long drill, Drill.Verdict verdict) {
    boolean known = ledger.endDrill(drill, verdict);
    if (known && verdict.passed()) {
      LOG.info("drill={} passed after {} s", drill, verdict.took().toSeconds());
    } else if (known) {
      LOG.warn("drill={} failed: {}", drill, LogText.of(verdict.words()));
    }
    return known;
  }
}
