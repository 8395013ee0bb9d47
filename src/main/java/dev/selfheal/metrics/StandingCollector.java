package dev.selfheal.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How the targets stand when they are asked for. If the ledger cannot be read, the series are
 * missing rather than wrong.
 */
final class StandingCollector extends Collector {

  private final Supplier<List<StandingRow>> standings;
  private final BooleanSupplier ledgerUp;

  StandingCollector(Supplier<List<StandingRow>> standings, BooleanSupplier ledgerUp) {
    this.standings = standings;
    this.ledgerUp = ledgerUp;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<MetricFamilySamples> families = new ArrayList<>();
    boolean up = ledgerUp.getAsBoolean();
    families.add(
        new GaugeMetricFamily("selfheal_ledger_up", "Whether the ledger can be used.", up ? 1 : 0));
    if (up) {
      families.addAll(families(standings.get()));
    }
    return families;
  }

  private static List<MetricFamilySamples> families(List<StandingRow> rows) {
    GaugeMetricFamily budget =
        family("selfheal_restart_budget_remaining", "Restarts left in the tightest budget.");
    GaugeMetricFamily paused =
        family("selfheal_target_paused", "Whether automatic action is paused.");
    GaugeMetricFamily held =
        new GaugeMetricFamily(
            "selfheal_incident_held",
            "1 while an open incident is not acted on, by reason.",
            List.of("target", "reason"));
    for (StandingRow row : rows) {
      budget.addMetric(List.of(row.target()), row.budgetLeft());
      paused.addMetric(List.of(row.target()), row.paused() ? 1 : 0);
      row.heldFor().ifPresent(reason -> held.addMetric(List.of(row.target(), reason), 1));
    }
    long open = rows.stream().filter(StandingRow::incident).count();
    return List.of(
        budget,
        paused,
        held,
        new GaugeMetricFamily("selfheal_open_incidents", "Incidents that are open.", open));
  }

  private static GaugeMetricFamily family(String name, String help) {
    return new GaugeMetricFamily(name, help, List.of("target"));
  }
}
