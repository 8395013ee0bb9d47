package dev.selfheal.app;

import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Overview;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.metrics.StandingRow;
import java.util.List;
import java.util.Optional;

/** Reads for each scrape how ledger and targets stand. */
record Standings(Ledger ledger, Overview overview, Dispatch dispatch) {

  /** Whether the ledger can be written; tries it. */
  boolean ledgerUp() {
    try {
      ledger.check();
      dispatch.trouble().over();
      return true;
    } catch (LedgerException e) {
      dispatch.trouble().met(e);
      return false;
    }
  }

  /** How the targets stand; empty if the ledger cannot be read. */
  Optional<List<StandingRow>> rows() {
    try {
      return Optional.of(overview.standings().stream().map(Standings::row).toList());
    } catch (LedgerException e) {
      dispatch.trouble().met(e);
      return Optional.empty();
    }
  }

  private static StandingRow row(Overview.Standing standing) {
    return new StandingRow(
        standing.target().name(),
        standing.budgetLeft(),
        new StandingRow.Leave(
            standing.leave().mode(),
            standing.leave().pauseOrNull() != null,
            standing.leave().quietUntilOrNull() != null,
            standing.waiting().isPresent()),
        standing.incidentOrNull() != null,
        Optional.ofNullable(standing.heldOrNull()).map(hold -> hold.reason().label()));
  }
}
