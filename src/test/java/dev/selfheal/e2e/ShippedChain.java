package dev.selfheal.e2e;

import static dev.selfheal.e2e.Chain.soon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.MailSink;
import dev.selfheal.testkit.PrometheusProcess;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverClient;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prometheus with the shipped rules and the lines of docs/prometheus.md, Alertmanager with the
 * shipped example, and the receiver, for some hosts. Mails of Alertmanager are kept.
 */
final class ShippedChain {
  private static final String TOLD = "ALERTS{alertname=\"%s\",alertstate=\"firing\"}";

  final ReceiverHome home;
  final ReceiverClient receiver;
  final MailSink mails;
  final AlertmanagerProcess alertmanager;
  final PrometheusProcess prometheus;

  /**
   * What is started with hosts, beside them.
   *
   * @param config of the receiver, without its address, secrets and Alertmanager
   */
  record Parts(ReceiverHome receiver, String config, Shipped rules) {

    /** With the rules as they are. */
    static Parts usual(ReceiverHome receiver, String config) {
      return new Parts(receiver, config, Shipped.file("rules/selfhealing_rules.yml"));
    }
  }

  /** Starts it and waits until each host is scraped. */
  ShippedChain(RealPrograms programs, List<GpuHost> hosts, Parts parts) {
    home = parts.receiver();
    receiver = home.client();
    mails = programs.add(new MailSink());
    alertmanager =
        programs.add(new AlertmanagerProcess(routes().text(), AlertmanagerProcess.ALONE));
    prometheus =
        programs.add(
            new PrometheusProcess(
                scrapes(hosts).text(), "selfhealing_rules.yml", parts.rules().text()));
    home.configure(parts.config() + "\nalertmanager_url: " + alertmanager.uri() + "\n");
    programs.add(ReceiverProcess.ready(home));
    for (GpuHost host : hosts) {
      soon(host.name + " is scraped")
          .until(() -> prometheus.query(of(host, "ollama_up")).orElse(0) == 1);
    }
  }

  /** Half a minute in which mails are collected is half a minute of test. */
  private Shipped routes() {
    return Shipped.file("alertmanager/alertmanager.yml")
        .with("group_wait: 30s", "group_wait: 2s")
        .with("localhost:25", mails.address())
        .with("http://127.0.0.1:9595/webhook/alertmanager", home.webhook().toString())
        .with("/etc/selfheal/webhook.token", home.webhookToken().toString());
  }

  private Shipped scrapes(List<GpuHost> hosts) {
    String targets =
        hosts.stream()
            .map(
                host ->
                    "      - targets: [\"%s\"]\n        labels: {instance: \"%s\"}\n"
                        .formatted(host.nodeExporter.address(), host.instance()))
            .collect(Collectors.joining());
    Shipped lines = Shipped.file("docs/prometheus.md").between("```yaml\n", "```\n");
    String documented = "      - targets: [\"127.0.0.1:9100\"]\n";
    return lines
        .with(documented + lines.between(documented, "\n  # The receiver.").text(), targets)
        .with("/etc/prometheus/selfhealing_rules.yml", "selfhealing_rules.yml")
        .with("127.0.0.1:9093", alertmanager.address())
        .with("127.0.0.1:9595", home.address());
  }

  /** The instances that have fired an alert since the chain was started. */
  List<String> everFired(String alertname) throws IOException {
    return prometheus.labels(
        "count by (instance) (count_over_time(" + TOLD.formatted(alertname) + "[1h]))", "instance");
  }

  /** Whether an alert fires for a host now. */
  boolean fires(String alertname, GpuHost host) throws IOException {
    return prometheus.labels(TOLD.formatted(alertname), "instance").contains(host.instance());
  }

  /** Attempts on a host, newest first. */
  List<JsonNode> attempts(GpuHost host) throws IOException {
    return of(receiver.attempts(), host);
  }

  /** Incidents of a host, newest first. */
  List<JsonNode> incidents(GpuHost host) throws IOException {
    return of(receiver.incidents(), host);
  }

  private static List<JsonNode> of(List<JsonNode> rows, GpuHost host) {
    return rows.stream().filter(row -> row.path("target").asText().equals(host.name)).toList();
  }

  private static String of(GpuHost host, String metric) {
    return metric + "{instance=\"" + host.instance() + "\"}";
  }
}
