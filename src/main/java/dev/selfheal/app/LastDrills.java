package dev.selfheal.app;

import dev.selfheal.dispatch.LedgerTrouble;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.metrics.DrillRow;
import dev.selfheal.remedy.Drill;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads for each scrape how the last drills of the configured targets ended. */
record LastDrills(Ledger ledger, Supplier<Managed> managed, LedgerTrouble trouble, Clock clock) {

  /** None if the ledger cannot be read. */
  List<DrillRow> rows() {
    try {
      return ledger.lastDrills().stream().flatMap(this::row).toList();
    } catch (LedgerException e) {
      trouble.met(e);
      return List.of();
    }
  }

  /** Under the name that the target has now. */
  private Stream<DrillRow> row(Entry.OfDrill entry) {
    return managed.get().acting(entry.place().actuator()).stream()
        .flatMap(
            target ->
                entry.drill().ended(clock.instant()).stream().map(end -> row(target.name(), end)));
  }

  private static DrillRow row(String target, Drill.Ended end) {
    return new DrillRow(
        target,
        end.verdict().passed(),
        end.verdict().took().toMillis() / 1000.0,
        end.at().toEpochMilli() / 1000.0);
  }
}
