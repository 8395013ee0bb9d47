package dev.selfheal.e2e;

import static org.awaitility.Awaitility.await;

import dev.selfheal.demo.FakeOllama;
import dev.selfheal.demo.FakeVersion;
import dev.selfheal.testkit.HostExporter;
import dev.selfheal.testkit.NodeExporterProcess;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One GPU host: an Ollama, its clients, the exporter that watches it, and node_exporter, wired as
 * an operator would. Its Ollama is the demo's, which freezes on demand.
 */
final class GpuHost {
  private static final String MODEL = "slow";

  final String name;
  final FakeOllama ollama;
  final NodeExporterProcess nodeExporter;
  private final RealPrograms programs;
  private final HostExporter exporter;
  private final Path textfile;

  /**
   * Where and how hosts live.
   *
   * @param folder under which each has one of its own
   * @param exporter further keys of the section {@code exporter}, each line indented by two
   */
  record Site(RealPrograms programs, Path folder, String exporter) {

    /** The same where a host of this name tells a receiver of its freezes itself, too. */
    Site tellingDirectly(ReceiverHome receiver, String name) {
      String webhook =
          "\n  webhook: {url: %s, token_file: %s, labels: {instance: \"%s:9100\"}}"
              .formatted(receiver.webhook(), receiver.webhookToken(), name);
      return new Site(programs, folder, exporter + webhook);
    }

    /** Starts a host with this name; its model is in memory, and idle. */
    GpuHost host(String name) throws IOException, InterruptedException {
      return new GpuHost(this, name);
    }
  }

  private GpuHost(Site site, String name) throws IOException, InterruptedException {
    this.name = name;
    this.programs = site.programs();
    Path folder = Files.createDirectory(site.folder().resolve(name));
    FakeOllama.Kind kind = FakeOllama.Kind.usual(FakeVersion.PER_CALL);
    ollama = programs.add(FakeOllama.start(folder, kind));
    nodeExporter = programs.add(new NodeExporterProcess());
    textfile = nodeExporter.textfiles().resolve("ollama.prom");
    exporter = programs.add(new HostExporter(ollama.tools(), config(site.exporter())));
    client("/api/generate", "{\"model\":\"" + MODEL + "\"}");
  }

  private String config(String more) {
    return """
    exporter:
      ollama_url: %s
      unit: ollama.service
      textfile: %s
      state: %s
    %s
    """
        .formatted(ollama.uri(), textfile, nodeExporter.textfiles().resolve("state.json"), more);
  }

  /** The label that tells it from others. */
  String instance() {
    return name + ":9100";
  }

  /** The receiver's target for it, with what the exporter writes as evidence. */
  String target() {
    return unwatchedTarget() + evidence();
  }

  /** The same without anything that could tell the receiver how it is. */
  String unwatchedTarget() {
    return target(ollama.restartCommand());
  }

  /** The target with a restart that takes so many seconds longer. */
  String slowTarget(int seconds) {
    String script = "sleep " + seconds + "; exec \"$@\"";
    List<String> slow = new ArrayList<>(List.of("/bin/sh", "-c", script, "-"));
    slow.addAll(ollama.restartCommand());
    return target(slow) + evidence();
  }

  private String target(List<String> restart) {
    return """
      - name: %s
        match: {instance: "%s"}
        ollama_url: %s
        restart_command: %s
    """
        .formatted(name, instance(), ollama.uri(), ReceiverHome.yaml(restart));
  }

  private String evidence() {
    return "    textfile: " + textfile + "\n";
  }

  /** A client that asks for a text without end, and does not leave. */
  void askForever() throws IOException {
    client("/api/generate", "{\"model\":\"" + MODEL + "\",\"prompt\":\"hi\",\"stream\":true}");
  }

  /** A client: a process of its own, which ends with the test. */
  void client(String path, String body) throws IOException {
    Process client =
        new ProcessBuilder("curl", "-s", "-o", "/dev/null", "-d", body, ollama.uri() + path)
            .start();
    programs.add(client::destroyForcibly);
  }

  /** Waits until somebody is seen to wait for its runner, on a page that is made from now on. */
  void awaitBusy() {
    double now = Clock.systemUTC().millis() / 1e3;
    await(name + " is busy")
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                ollama.runners().size() == 1
                    && value("selfheal_exporter_last_run_timestamp_seconds").orElse(0) > now
                    && value("ollama_requests_in_flight").orElse(0) == 1);
  }

  /** The exporter's own word on a series without labels of its own; empty if there is none. */
  OptionalDouble value(String metric) throws IOException {
    if (!Files.exists(textfile)) {
      return OptionalDouble.empty();
    }
    return Files.readString(textfile)
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> number(line.substring(metric.length() + 1)))
        .findFirst();
  }

  private static double number(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /** The processes of its runners, by their models. */
  Map<String, Long> runners() throws IOException {
    return ollama.runners();
  }

  /** Kills the exporter with SIGKILL. */
  void killExporter() {
    exporter.kill();
  }
}
