package dev.selfheal.e2e;

import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.FakeOllamaProcess;
import dev.selfheal.testkit.NodeExporterProcess;
import dev.selfheal.testkit.PrometheusProcess;
import dev.selfheal.testkit.PrometheusProcess.Scraped;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverClient;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/**
 * One GPU host and all that watches it, wired as an operator would wire it: textfile,
 * node_exporter, Prometheus, one or two Alertmanagers, the receiver.
 */
final class Chain {
  static final String ALERT = "OllamaFrozen";
  static final String TARGET = "gpu-01";

  private static final String INSTANCE = TARGET + ":9100";
  private static final String RULES =
      """
      groups:
        - name: ollama
          rules:
            - alert: OllamaFrozen
              expr: ollama_frozen_duration_seconds > ollama_frozen_threshold_seconds
              for: 250ms
              labels: {severity: critical}
      """;

  final ReceiverHome home;
  final ReceiverClient receiver;
  final FakeOllamaProcess ollama;
  final List<AlertmanagerProcess> alertmanagers;
  final PrometheusProcess prometheus;

  private Chain(
      ReceiverHome home,
      FakeOllamaProcess ollama,
      List<AlertmanagerProcess> alertmanagers,
      PrometheusProcess prometheus) {
    this.home = home;
    this.receiver = home.client();
    this.ollama = ollama;
    this.alertmanagers = alertmanagers;
    this.prometheus = prometheus;
  }

  /** A chain with one Alertmanager. */
  static Chain start(RealPrograms programs, String policy) {
    return start(programs, policy, List.of(List.of(AlertmanagerProcess.ALONE)));
  }

  /**
   * A chain that is ready, with nothing wrong in it.
   *
   * @param policy the receiver's configuration, without its targets and its Alertmanager
   * @param clustering further arguments of each Alertmanager
   */
  static Chain start(RealPrograms programs, String policy, List<List<String>> clustering) {
    ReceiverHome home = programs.add(new ReceiverHome());
    NodeExporterProcess exporter = programs.add(new NodeExporterProcess());
    FakeOllamaProcess ollama = programs.add(new FakeOllamaProcess(exporter.textfiles()));
    List<AlertmanagerProcess> alertmanagers = new ArrayList<>();
    for (List<String> arguments : clustering) {
      alertmanagers.add(
          programs.add(
              new AlertmanagerProcess(delivering(home), arguments.toArray(new String[0]))));
    }
    PrometheusProcess prometheus =
        programs.add(
            new PrometheusProcess(
                new Scraped(exporter.address(), INSTANCE),
                RULES,
                alertmanagers.stream().map(AlertmanagerProcess::address).toList()));
    home.configure(policy + targets(ollama) + alertmanagerUrl(alertmanagers.get(0)));
    programs.add(ReceiverProcess.ready(home));
    Chain chain = new Chain(home, ollama, alertmanagers, prometheus);
    chain.awaitScrapes();
    return chain;
  }

  private static String delivering(ReceiverHome home) {
    return """
    route:
      receiver: selfheal
      group_by: [alertname, instance]
      group_wait: 100ms
      group_interval: 500ms
      repeat_interval: 4h
    receivers:
      - name: selfheal
        webhook_configs:
          - url: %s
            http_config:
              authorization: {credentials_file: %s}
    """
        .formatted(home.webhook(), home.webhookToken());
  }

  private static String targets(FakeOllamaProcess ollama) {
    return """
    targets:
      - name: %s
        match: {instance: "%s"}
        ollama_url: %s
        restart_command: %s
    """
        .formatted(TARGET, INSTANCE, ollama.uri(), ReceiverHome.yaml(ollama.restartCommand()));
  }

  private static String alertmanagerUrl(AlertmanagerProcess alertmanager) {
    return "alertmanager_url: " + alertmanager.uri() + "\n";
  }

  private void awaitScrapes() {
    soon("Prometheus reads the textfile")
        .until(() -> prometheus.query("ollama_frozen_duration_seconds").orElse(-1) == 0);
  }

  /** Whether the rule fires in Prometheus now. */
  boolean fires() throws IOException {
    return prometheus
        .query("ALERTS{alertname=\"" + ALERT + "\",alertstate=\"firing\"}")
        .isPresent();
  }

  /** A wait for what should happen within seconds. */
  static ConditionFactory soon(String what) {
    return await(what).atMost(Duration.ofSeconds(60));
  }
}
