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
import dev.selfheal.testkit.VerifyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    home.configure(
        parts.config()
            + "\nalertmanager_url: %s\nverify: {prometheus_url: http://%s, %s}\n"
                .formatted(alertmanager.uri(), prometheus.address(), beside(hosts.get(0))));
    programs.add(ReceiverProcess.ready(home));
    for (GpuHost host : hosts) {
      soon(host.name + " is scraped")
          .until(() -> prometheus.query(of(host, "ollama_up")).orElse(0) == 1);
    }
  }

  /** The receiver lives on the first host. */
  private static String beside(GpuHost host) {
    return "node_exporter_url: http://%s, node_exporter_textfile_folder: %s"
        .formatted(host.nodeExporter.address(), host.nodeExporter.textfiles());
  }

  /** The daily proof, which leaves its metrics where the first host's node_exporter reads. */
  VerifyRun verify(GpuHost first) throws IOException {
    Path textfiles = first.nodeExporter.textfiles();
    Files.setPosixFilePermissions(
        textfiles.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    return VerifyRun.of(
        home.folder().resolve("selfheal.yml"), "--textfile=" + textfiles.resolve("verify.prom"));
  }

  /** A drill of a target that ends at once, and well, as far as the receiver is told. */
  void drill(GpuHost host) throws IOException {
    JsonNode drill = receiver.post("/api/v1/targets/" + host.name + "/drill", "{}").json();
    String end = "{\"passed\":true,\"seconds\":52.3,\"verdict\":\"healed\"}";
    receiver.post("/api/v1/drills/" + drill.path("drill").asInt(), end).json();
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
