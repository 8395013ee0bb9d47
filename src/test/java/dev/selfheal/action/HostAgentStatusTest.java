package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.action.AgentHost.Ran;
import dev.selfheal.action.HostReport.Seen;
import dev.selfheal.action.ProcessRow.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code status} tells, of real processes and real sockets. */
class HostAgentStatusTest {
  @TempDir Path folder;
  private AgentHost host;
  private Process serve;
  private ServerSocket runnerPort;

  @BeforeEach
  void aServerWithARunner() throws IOException {
    host = new AgentHost(folder);
    runnerPort = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Path odd = Files.copy(Path.of("/bin/sleep"), folder.resolve("x) R 1 (y"));
    String port = Integer.toString(runnerPort.getLocalPort());
    String commands =
        "sh -c 'sleep 60; :' runner --model /home/ann/m --port " + port + " & \"$0\" 60 & wait";
    serve = new ProcessBuilder("/bin/sh", "-c", commands, odd.toString()).start();
    host.fake(
        "systemctl",
        "echo LoadState=loaded; echo ActiveState=active; echo InvocationID=ab; echo MainPID="
            + serve.pid());
    await().until(() -> serve.descendants().count() == 3);
  }

  @AfterEach
  void end() throws IOException {
    serve.descendants().forEach(ProcessHandle::destroyForcibly);
    serve.destroyForcibly();
    runnerPort.close();
  }

  @ParameterizedTest
  @MethodSource("dev.selfheal.action.AgentHost#shells")
  void tellsOfTheUnitItsProcessesAndTheirSockets(List<String> shell) throws IOException {
    host.shell(shell.toArray(String[]::new));
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), runnerPort.getLocalPort());
        Socket server = runnerPort.accept()) {
      client.getOutputStream().write(new byte[5]);
      server.getOutputStream().write(new byte[7]);
      Ran ran = host.overSsh("status");
      Seen seen = ran.seen();
      assertThat(ran.errors()).isEmpty();
      assertThat(ran.output()).doesNotContain("127.0.0.1", "/home/ann");
      assertThat(seen.complete()).isTrue();
      assertThat(UnitState.parse(seen.unit()))
          .contains(new UnitState("loaded", "active", "", "ab", serve.pid()));
      assertThat(seen.sockets())
          .contains(
              new SocketRow(
                  "ESTAB", 5, 0, runnerPort.getLocalPort(), client.getLocalPort(), 7L, 5L))
          .anyMatch(row -> row.state().equals("LISTEN"));
      assertProcesses(seen);
    }
  }

  private void assertProcesses(Seen seen) {
    assertThat(seen.processes())
        .extracting(ProcessRow::role)
        .containsExactlyInAnyOrder(Role.SERVE, Role.RUNNER, Role.OTHER, Role.OTHER);
    assertThat(seen.processes().get(0).pid()).isEqualTo(serve.pid());
    assertThat(seen.processes())
        .filteredOn(row -> row.role() == Role.RUNNER)
        .allSatisfy(
            row -> {
              assertThat(row.portOrNull()).isEqualTo(runnerPort.getLocalPort());
              assertThat(row.parent()).isEqualTo(serve.pid());
            });
    assertThat(seen.processes())
        .allSatisfy(
            row -> {
              assertThat(seen.age(row).orElseThrow())
                  .isBetween(Duration.ZERO, Duration.ofMinutes(10));
              assertThat(row.residentKibibytes()).isPositive();
              assertThat(row.state()).isEqualTo('S');
            });
  }

  @Test
  void whereSsFailsTheQueuesComeFromTheKernelsTable() throws IOException {
    host.fake("ss", "exit 1");
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), runnerPort.getLocalPort())) {
      client.getOutputStream().write(new byte[5]);
      assertThat(host.overSsh("status").seen().sockets())
          .contains(
              new SocketRow(
                  "ESTAB", 5, 0, runnerPort.getLocalPort(), client.getLocalPort(), null, null),
              new SocketRow("LISTEN", 1, 0, runnerPort.getLocalPort(), 0, null, null));
    }
  }

  @Test
  void withoutAUnitTheProcessThatListensIsTheServer() {
    host.fake(
        "ss",
        "echo 'LISTEN 0 5 127.0.0.1:1 0.0.0.0:* users:((\"x\",pid=" + serve.pid() + ",fd=3))'");
    host.with("SELFHEAL_UNIT", "").with("SELFHEAL_EXPORTER", "");
    Seen seen = host.here("status").seen();
    assertThat(seen.unit()).isEqualTo("unavailable there is no unit");
    assertThat(seen.exporter()).isEqualTo("unavailable there is no unit; EXPORTER is empty");
    assertThat(seen.processes()).hasSize(4);
    assertThat(host.calls()).noneMatch(call -> call.startsWith("systemctl"));
  }

  @Test
  void withNobodyOnThePortAndNoServerItSaysSo() {
    host.fake("ss", ":").withOwnProc();
    host.write("proc/uptime", "1000.00 1");
    Ran ran = host.with("SELFHEAL_UNIT", "").with("SELFHEAL_PORT", "1").here("status");
    assertThat(ran.section("processes"))
        .containsExactly("unavailable no process that serves port 1 was found");
  }

  @Test
  void aStoppedUnitHasNoProcesses() {
    host.fake("systemctl", "echo LoadState=loaded; echo ActiveState=inactive; echo MainPID=0");
    assertThat(host.overSsh("status").section("processes")).isEmpty();
  }

  @Test
  void tellsOfTheUnitThatWritesThePage() {
    host.fake(
        "systemctl", "case $* in *selfheal-exporter@b.service) echo ActiveState=failed ;; esac");
    Path file = host.write("agent.conf", "EXPORTER=selfheal-exporter@b.service\n");
    assertThat(host.overSsh("status", file.toString()).seen().exporter())
        .isEqualTo("ActiveState=failed");
    assertThat(host.overSsh("status").seen().exporter()).isEmpty();
    String show = "systemctl --no-ask-password --no-pager show -p";
    String properties = "Id,LoadState,ActiveState,SubState,UnitFileState";
    assertThat(host.calls())
        .contains(show + " " + properties + " -- selfheal-exporter@b.service")
        .contains(show + " " + properties + " -- selfheal-exporter.service");
  }

  @Test
  void thePageIsPassedOnAsItIs() {
    String page = "# HELP ollama_up Up.\nollama_up 1\n[end]\n\nname{a=\"\u00e9\"} 2\n";
    Path file = host.write("agent.conf", "TEXTFILE=" + host.write("o=1.prom", page));
    Seen seen = host.overSsh("status", file.toString()).seen();
    assertThat(seen.page()).isEqualTo(new HostPage.Text(page));
    assertThat(seen.complete()).isTrue();
  }

  @Test
  void aPageThatIsNoFileIsNotRead() {
    assertThat(host.with("SELFHEAL_TEXTFILE", "/dev/zero").here("status").seen().page())
        .isEqualTo(new HostPage.Missing("it is not a file"));
    assertThat(host.with("SELFHEAL_TEXTFILE", "/none.prom").here("status").seen().page())
        .isEqualTo(new HostPage.Missing("it is missing, or its folder may not be entered"));
  }
}
