package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.app.DeploymentSettings;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.ExporterProcess;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.NodeExporterProcess;
import dev.selfheal.testkit.PrometheusProcess;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import dev.selfheal.testkit.RemoteHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The whole chain on loopback, of real programs: this host with Ollama gpu-01, and gpu-02 behind a
 * real sshd. Only systemd is played.
 */
final class VerifiedChain {
  static final String RULES_FILE = "selfhealing_rules.yml";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  final ReceiverHome home = add(new ReceiverHome());
  final FakeSystemd systemd = new FakeSystemd();
  final NodeExporterProcess nodeExporter = add(new NodeExporterProcess());
  private final NodeExporterProcess remoteNodeExporter = add(new NodeExporterProcess());
  final FakeApi ollama = add(new FakeApi());
  final ExporterProcess exporter;
  final RemoteHost remote;
  final AlertmanagerProcess alertmanager;
  final PrometheusProcess prometheus;
  private ReceiverProcess receiver;

  VerifiedChain(Path folder) throws IOException {
    ollama.answer("/api/version", 200, "{\"version\":\"0.32.1\"}");
    exporter = add(new ExporterProcess(ollama.uri()));
    enter(exporter.textfile().resolveSibling("."), "rwxr-xr-x");
    enter(nodeExporter.textfiles().resolveSibling("."), "rwxr-xr-x");
    link();
    remote =
        add(new RemoteHost(folder.resolve("main.pid"), "touch restarted", ollama.uri().getPort()));
    remote.mainProcess(1);
    Files.createSymbolicLink(
        remoteNodeExporter.textfiles().resolve("ollama.prom"), remote.textfile());
    alertmanager = add(new AlertmanagerProcess(routes(), AlertmanagerProcess.ALONE));
    prometheus = add(new PrometheusProcess(scrapes(), RULES_FILE, rules()));
    home.configure(targets());
    receiver = ReceiverProcess.ready(home);
  }

  private <T extends AutoCloseable> T add(T program) {
    open.push(program);
    return program;
  }

  static void enter(Path folder, String rights) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
  }

  /** Leads node_exporter to the exporter's page. */
  void link() throws IOException {
    Files.createSymbolicLink(linked(), exporter.textfile());
  }

  Path linked() {
    return nodeExporter.textfiles().resolve("ollama.prom");
  }

  /** As shipped, but evaluated at once: half a minute of patience is half a minute of test. */
  static String rules() throws IOException {
    return Files.readString(Path.of("rules", RULES_FILE))
        .replaceAll("\n    interval: \\S+", "\n    interval: 500ms");
  }

  /** As shipped, for this receiver, with the token in a file of Alertmanager's own. */
  String routes() throws IOException {
    Path token = home.write("alertmanager.token", ReceiverHome.WEBHOOK_TOKEN);
    return Files.readString(Path.of("alertmanager/alertmanager.yml"))
        .replace("http://127.0.0.1:9595/webhook/alertmanager", home.webhook().toString())
        .replace("/etc/selfheal/webhook.token", token.toString());
  }

  private String scrapes() {
    return """
    global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms, external_labels: {site: here}}
    rule_files: [%s]
    alerting: {alertmanagers: [{static_configs: [{targets: ["%s"]}]}]}
    scrape_configs:
      - job_name: node
        static_configs:
          - {targets: ["%s"], labels: {instance: "gpu-01:9100"}}
          - {targets: ["%s"], labels: {instance: "gpu-02:9100"}}
      - job_name: selfheal
        static_configs: [{targets: ["%s"]}]
    """
        .formatted(
            RULES_FILE,
            alertmanager.address(),
            nodeExporter.address(),
            remoteNodeExporter.address(),
            home.address());
  }

  /** The configuration without what the home writes. */
  String targets() {
    return """
    alertmanager_url: %s
    targets:
      - name: gpu-01
        match: {instance: "gpu-01:9100"}
        unit: ollama.service
        ollama_url: %s
      - name: gpu-02
        match: {instance: "gpu-02:9100", site: here}
        unit: ollama.service
        ollama_url: %s
        ladder: [kill, command]
        ssh: %s
    exporter: {ollama_url: %s, textfile: %s}
    verify:
      prometheus_url: http://%s
      node_exporter_url: http://%s
      node_exporter_textfile_folder: %s
    """
        .formatted(
            alertmanager.uri(),
            ollama.uri(),
            ollama.uri(),
            remote.ssh(),
            ollama.uri(),
            exporter.textfile(),
            prometheus.address(),
            nodeExporter.address(),
            nodeExporter.textfiles());
  }

  Path configuration() {
    return home.folder().resolve("selfheal.yml");
  }

  void stopReceiver() {
    receiver.close();
  }

  void startReceiver() {
    receiver = ReceiverProcess.ready(home);
  }

  /** Verifies it as the version that runs. */
  VerifyReport verify() throws IOException, InterruptedException {
    return verify(version());
  }

  /** Verifies it as if that version were installed. */
  VerifyReport verify(String installed) throws IOException, InterruptedException {
    refreshRemotePage();
    LoadResult read = ConfigLoader.loadAlone(configuration(), Map.of(), List::of);
    assertThat(read).isInstanceOf(LoadResult.Loaded.class);
    Deployment deployment = DeploymentSettings.of(((LoadResult.Loaded) read).config(), installed);
    Senses real = DeploymentSettings.senses();
    return new Verifier(
            deployment, new Senses(systemd, real.ssh(), real.clock(), real.pauser(), real.user()))
        .run();
  }

  /** The version of what was built, as its exporter says. */
  private String version() {
    return exporter.page().replaceAll("(?s).*build_info\\{version=\"([^\"]*)\".*", "$1");
  }

  /** The host over SSH has an exporter that writes what the local one does. */
  private void refreshRemotePage() {
    double now = Clock.systemUTC().millis() / 1000.0;
    NodeExporterProcess.replace(
        remote.textfile(),
        exporter.page().replaceAll("(last_run_timestamp_seconds) [0-9.E]+\n", "$1 " + now + "\n"));
  }

  /** Waits until every link holds. */
  void awaitGood() {
    await("all links hold")
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> assertThat(broken(verify())).isEmpty());
  }

  /** The links that are broken, as {@code check} or {@code check target}. */
  static List<String> broken(VerifyReport report) {
    return report.findings().stream()
        .filter(Finding::failed)
        .map(each -> (each.name().word() + " " + each.target()).strip())
        .toList();
  }

  /** Ends all its programs. */
  void end() throws Exception {
    receiver.close();
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
