package dev.selfheal.metrics;

import dev.selfheal.metrics.StandingRow.Leave;
import dev.selfheal.remedy.Mode;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How the targets stand when they are asked for. If the ledger cannot be written or read, it is
 * down, and the other series are missing rather than wrong.
 */
final class StandingCollector extends Collector {

  private final Supplier<Optional<List<StandingRow>>> standings;
  private final BooleanSupplier ledgerUp;

  StandingCollector(Supplier<Optional<List<StandingRow>>> standings, BooleanSupplier ledgerUp) {
    this.standings = standings;
    this.ledgerUp = ledgerUp;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    List<MetricFamilySamples> families = new ArrayList<>();
    Optional<List<StandingRow>> rows = ledgerUp.getAsBoolean() ? standings.get() : Optional.empty();
    families.add(
        new GaugeMetricFamily(
            "selfheal_ledger_up", "Whether the ledger can be used.", rows.isPresent() ? 1 : 0));
    rows.map(StandingCollector::families).ifPresent(families::addAll);
    return families;
  }

  private static List<MetricFamilySamples> families(List<StandingRow> rows) {
    GaugeMetricFamily budget =
        family("selfheal_restart_budget_remaining", "Restarts left in the tightest budget.");
    GaugeMetricFamily held =
        new GaugeMetricFamily(
            "selfheal_incident_held",
            "1 while an open incident is not acted on, by reason.",
            List.of("target", "reason"));
    for (StandingRow row : rows) {
      budget.addMetric(List.of(row.target()), row.budgetLeft());
      row.heldFor().ifPresent(reason -> held.addMetric(List.of(row.target(), reason), 1));
    }
    long open = rows.stream().filter(StandingRow::incident).count();
    return List.of(
        budget,
        held,
        new GaugeMetricFamily("selfheal_open_incidents", "Incidents that are open.", open),
        modes(rows),
        flags("selfheal_target_paused", "Whether automatic action is paused.", rows, Leave::paused),
        flags("selfheal_target_quiet", "Whether its quiet hours are now.", rows, Leave::quiet),
        flags("selfheal_approvals_waiting", "Attempts that await approval.", rows, Leave::waiting));
  }

  private static GaugeMetricFamily modes(List<StandingRow> rows) {
    GaugeMetricFamily modes =
        new GaugeMetricFamily(
            "selfheal_target_mode",
            "1 for the mode in which restarts are decided, 0 for the others.",
            List.of("target", "mode"));
    for (StandingRow row : rows) {
      for (Mode mode : Mode.values()) {
        modes.addMetric(List.of(row.target(), mode.label()), row.leave().mode() == mode ? 1 : 0);
      }
    }
    return modes;
  }

  private static GaugeMetricFamily flags(
      String name, String help, List<StandingRow> rows, Predicate<Leave> flag) {
    GaugeMetricFamily family = family(name, help);
    rows.forEach(row -> family.addMetric(List.of(row.target()), flag.test(row.leave()) ? 1 : 0));
    return family;
  }

  private static GaugeMetricFamily family(String name, String help) {
    return new GaugeMetricFamily(name, help, List.of("target"));
  }
}
