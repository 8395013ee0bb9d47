package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.demo.FakeOllama;
import dev.selfheal.demo.FakeVersion;
import dev.selfheal.testkit.HostExporter;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import dev.selfheal.testkit.RemoteHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A host that the receiver reaches over SSH alone freezes, and is healed. */
@Timeout(180)
class OverSshIT {
  @TempDir private Path folder;
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void aFrozenHostIsRestartedOverSshAndItsRecoveryIsProven() throws Exception {
    FakeOllama ollama =
        programs.add(
            FakeOllama.start(
                Files.createDirectory(folder.resolve("ollama")),
                FakeOllama.Kind.usual(FakeVersion.PER_CALL)));
    String restart = "exec " + String.join(" ", ollama.restartCommand());
    RemoteHost host =
        programs.add(
            new RemoteHost(folder.resolve("ollama/serve.pid"), restart, ollama.uri().getPort()));
    ReceiverHome home = programs.add(new ReceiverHome());
    home.configure(
        """
        policy: {settle: 5s}
        targets:
          - name: far
            match: {instance: "far:9100"}
            unit: ollama.service
            ollama_url: %s
            ssh: %s
        """
            .formatted(ollama.uri(), host.ssh()));
    programs.add(ReceiverProcess.ready(home));
    programs.add(new HostExporter(ollama.tools(), exporter(ollama, host, home)));
    client(ollama, "{\"model\":\"slow\"}");
    client(ollama, "{\"model\":\"slow\",\"prompt\":\"hi\",\"stream\":true}");
    await("it is busy").until(() -> page(host).contains("ollama_requests_in_flight 1"));
    long serve = ollama.serve();
    ollama.command("wait");

    await("the incident is closed")
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                home.client().incidents().stream()
                    .anyMatch(each -> each.path("closing").asText().equals("recovered")));
    JsonNode attempt = home.client().attempts().get(0);
    assertThat(attempt.path("outcome").asText()).isEqualTo("recovered");
    assertThat(attempt.path("report").asText())
        .contains("before: ollama.service active/running", "after: ollama.service active/running")
        .contains("command: on 127.0.0.1 port ", "host-agent restart ollama.service")
        .contains("its model computes");
    assertThat(home.client().attempts()).hasSize(1);
    assertThat(host.acts())
        .containsExactly(
            "--no-ask-password reset-failed -- ollama.service",
            "--no-ask-password try-restart -- ollama.service");
    assertThat(ollama.serve()).isNotEqualTo(serve);
    assertThat(host.sshd().sessions()).as("connections that are left").isZero();
  }

  private static String exporter(FakeOllama ollama, RemoteHost host, ReceiverHome home) {
    return """
    exporter:
      ollama_url: %s
      unit: ollama.service
      textfile: %s
      state: %s.state
      interval: 1s
      thresholds: {gpu: 8s}
      webhook: {url: %s, token_file: %s, repeat: 10s, labels: {instance: "far:9100"}}
    """
        .formatted(
            ollama.uri(), host.textfile(), host.textfile(), home.webhook(), home.webhookToken());
  }

  private void client(FakeOllama ollama, String body) throws IOException {
    Process client =
        new ProcessBuilder(
                "curl", "-s", "-o", "/dev/null", "-d", body, ollama.uri() + "/api/generate")
            .start();
    programs.add(client::destroyForcibly);
  }

  private static String page(RemoteHost host) throws IOException {
    return Files.exists(host.textfile()) ? Files.readString(host.textfile()) : "";
  }
}
