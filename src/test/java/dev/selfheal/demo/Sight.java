package dev.selfheal.demo;

import java.util.HashMap;
import java.util.Map;

/**
 * A page of the exporter, as whoever reads its textfile sees it.
 *
 * @param page its text
 * @param values by their series, with the labels
 */
record Sight(String page, Map<String, Double> values) {
  private static final String REASON = "ollama_frozen_reason{reason=\"";

  static Sight of(String page) {
    Map<String, Double> values = new HashMap<>();
    page.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(values, line));
    return new Sight(page, values);
  }

  /** When it was made, in seconds of the host's clock. */
  double at() {
    return value("selfheal_exporter_last_run_timestamp_seconds");
  }

  boolean up() {
    return value("ollama_up") == 1;
  }

  double duration() {
    return value("ollama_frozen_duration_seconds");
  }

  double threshold() {
    return value("ollama_frozen_threshold_seconds");
  }

  /** What the rule of the alert asks. */
  boolean frozen() {
    return duration() > threshold();
  }

  /** The reason of the stall; empty if there is none. */
  String reason() {
    return values.entrySet().stream()
        .filter(each -> each.getKey().startsWith(REASON) && each.getValue() == 1)
        .map(each -> each.getKey().substring(REASON.length(), each.getKey().length() - 2))
        .findFirst()
        .orElse("");
  }

  /** Whether the processes, their sockets and the log could be read. */
  boolean sees() {
    return probe("processes") && probe("sockets") && probe("journal");
  }

  /** How many models are in memory. */
  double models() {
    return value("ollama_models_loaded");
  }

  /** How many calls to runners are alive. */
  double inFlight() {
    return value("ollama_requests_in_flight");
  }

  boolean gpuBusy() {
    return value("ollama_gpu_utilization_ratio{gpu=\"0\"}") > 0.05;
  }

  boolean gpuLost() {
    return value("ollama_gpu_lost") == 1;
  }

  /** How many canaries ended so. */
  double canaries(String result) {
    return value("ollama_canaries_total{result=\"" + result + "\"}");
  }

  /** In the words of a report. */
  @Override
  public String toString() {
    return "%.1f s of %.1f s %s".formatted(duration(), threshold(), reason());
  }

  private boolean probe(String name) {
    return value("selfheal_exporter_probe_success{probe=\"" + name + "\"}") == 1;
  }

  /** NaN, which is neither above nor below anything, if there is none. */
  private double value(String series) {
    return values.getOrDefault(series, Double.NaN);
  }

  private static void add(Map<String, Double> values, String line) {
    int space = line.lastIndexOf(' ');
    values.put(
        line.substring(0, space).replace(",}", "}"),
        Double.valueOf(line.substring(space + 1).replace("+Inf", "Infinity")));
  }
}
