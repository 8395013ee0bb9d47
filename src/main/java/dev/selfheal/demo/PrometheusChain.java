package dev.selfheal.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prometheus, Alertmanager and node_exporter between the exporter and the receiver, with the rules
 * and the example of Alertmanager's file that are shipped. Only addresses are changed in them, and
 * in the fast demo a few times.
 *
 * @param prometheus its port, as the other two
 */
record PrometheusChain(Place place, Tempo tempo, int prometheus, int alertmanager, int node) {
  private static final String PROMETHEUS = "prometheus";
  private static final String ALERTMANAGER = "prometheus-alertmanager";
  private static final String NODE_EXPORTER = "prometheus-node-exporter";

  /** A rule file's way to say how often the group is evaluated that holds OllamaFrozen. */
  private static final String RULE_INTERVAL = "interval: 5s";

  private static final String GROUP_INTERVAL = "group_interval: 30s";

  /** On free ports. */
  static PrometheusChain on(Place place, Tempo tempo) throws IOException {
    return new PrometheusChain(
        place, tempo, Sockets.freePort(), Sockets.freePort(), Sockets.freePort());
  }

  /** Its programs, by the Debian packages that bring them. */
  static Map<String, String> programs() {
    return Map.of(PROMETHEUS, PROMETHEUS, ALERTMANAGER, ALERTMANAGER, NODE_EXPORTER, NODE_EXPORTER);
  }

  private URI prometheusUri() {
    return URI.create("http://127.0.0.1:" + prometheus);
  }

  URI alertmanagerUri() {
    return URI.create("http://127.0.0.1:" + alertmanager);
  }

  /** Starts all three. */
  PrometheusView start(Programs programs, Web web) throws IOException {
    Path rules = place.write("selfhealing_rules.yml", rules());
    programs.start(
        "node_exporter",
        List.of(
            NODE_EXPORTER,
            "--collector.disable-defaults",
            "--collector.textfile",
            "--collector.textfile.directory=" + place.textfile().getParent(),
            "--web.listen-address=127.0.0.1:" + node),
        Map.of());
    programs.start(
        "alertmanager",
        List.of(
            ALERTMANAGER,
            "--config.file=" + place.write("alertmanager.yml", alertmanagerConfig()),
            "--storage.path=" + place.folder().resolve("alertmanager"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + alertmanager),
        Map.of());
    programs.start(
        "prometheus",
        List.of(
            PROMETHEUS,
            "--config.file=" + place.write("prometheus.yml", prometheusConfig(rules)),
            "--storage.tsdb.path=" + place.folder().resolve("prometheus"),
            "--web.listen-address=127.0.0.1:" + prometheus),
        Map.of());
    return new PrometheusView(web, prometheusUri(), alertmanagerUri());
  }

  /** What is changed in the shipped files, for people. */
  static List<String> changes(Tempo tempo) {
    String usual =
        "The alert goes through Prometheus and Alertmanager, by the shipped files, in which";
    return tempo.scaled()
        ? List.of(
            usual,
            "addresses are changed (no mail is sent) and times: scrape_interval 5 s -> 1 s,",
            "interval of the rule 5 s -> 1 s, group_interval 30 s -> 2 s.")
        : List.of(usual, "only addresses are changed (no mail is sent).");
  }

  private String rules() throws IOException {
    Shipped rules = Shipped.file("shipped/selfhealing_rules.yml");
    return (tempo.scaled() ? rules.with(RULE_INTERVAL, "interval: 1s") : rules).text();
  }

  private String alertmanagerConfig() throws IOException {
    Shipped shipped =
        Shipped.file("shipped/alertmanager.yml")
            .with("http://127.0.0.1:9595/webhook/alertmanager", place.webhook().toString())
            .with("/etc/selfheal/webhook.token", place.webhookToken().toString())
            .with("localhost:25", "127.0.0.1:1"); // where nobody listens
    return (tempo.scaled() ? shipped.with(GROUP_INTERVAL, "group_interval: 2s") : shipped).text();
  }

  /** As docs/prometheus.md has it. */
  private String prometheusConfig(Path rules) {
    return """
    global: {scrape_interval: 15s, evaluation_interval: 15s}
    rule_files: ["%s"]
    alerting:
      alertmanagers:
        - static_configs: [{targets: ["127.0.0.1:%d"]}]
    scrape_configs:
      - job_name: node
        scrape_interval: %ss
        scrape_timeout: %ss
        static_configs:
          - targets: ["127.0.0.1:%d"]
            labels: {instance: "%s"}
      - job_name: selfheal
        authorization: {credentials_file: "%s"}
        static_configs: [{targets: ["127.0.0.1:%d"]}]
      - job_name: alertmanager
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(
            rules,
            alertmanager,
            tempo.interval().toSeconds(),
            tempo.interval().toSeconds(),
            node,
            Settings.INSTANCE,
            place.webhookToken(),
            place.port(),
            alertmanager);
  }
}
