package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.exporter.sample.Traffic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes against the real {@code /proc} and the real {@code ss}. */
@Timeout(30)
class ThisHostTest {
  private static final Path PROC = Path.of("/proc");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ToolRunner tools = new LocalToolRunner(System::nanoTime);

  @Test
  void findsARealServerAndItsRealRunner() throws Exception {
    String runner = "exec -a /lib/llama-server bash -c 'read x' - --port 7001 <&3 & ";
    Process serve =
        new ProcessBuilder("bash", "-c", "exec 3<&0; " + runner + "read x", "this-host-test")
            .start();
    try {
      ProcessProbe probe =
          new ProcessProbe(
              new ServeMarks(null, Pattern.compile("^bash -c .* this-host-test$")),
              tools,
              LIMIT,
              PROC,
              System::nanoTime);
      await().until(() -> !processes(probe).runners().isEmpty());
      Processes seen = processes(probe);
      assertThat(seen.serve()).extracting(ProcessStat::pid).isEqualTo(serve.pid());
      RunnerProcess found = seen.runners().get(0);
      assertThat(found.port()).isEqualTo(7001);
      assertThat(found.dialect()).isEqualTo(Dialect.CONNECTION_PER_CALL);
      assertThat(found.stat().parent()).isEqualTo(serve.pid());
      assertThat(found.stat().residentPages()).isPositive();
    } finally {
      serve.getOutputStream().close(); // both read the end of it, and end
    }
    assertThat(serve.waitFor()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void countsTheBytesOfARealConnection(String address) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      client.getOutputStream().write(new byte[100]);
      accepted.getOutputStream().write(new byte[300]);
      assertThat(accepted.getInputStream().readNBytes(60)).hasSize(60);

      Sockets sockets = sockets(tools, server);

      assertThat(sockets.counted()).isTrue();
      assertThat(sockets.listeners()).hasSize(1);
      Connection row = sockets.connections().get(0);
      assertThat(row.state()).isEqualTo(ConnectionState.ESTABLISHED);
      assertThat(row.peer().port()).isEqualTo(client.getLocalPort());
      assertThat(row.receiveQueue()).isEqualTo(40);
      assertThat(row.traffic())
          .extracting(Traffic::sent, Traffic::received)
          .containsExactly(300L, 100L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void namesAConnectionAlikeWithSsAndWithoutIt(String address) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address));
        Socket first = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        Socket waiting = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(List.of(first, accepted, waiting)).allMatch(Socket::isConnected);
      Sockets with = sockets(tools, server);
      Sockets without = sockets((argv, limit) -> new ToolResult.Missing(), server);

      assertThat(without.listeners()).isEqualTo(with.listeners());
      assertThat(with.listeners().get(0).queue()).as("not accepted").isEqualTo(1);
      assertThat(without.connections().stream().map(row -> List.of(row.local(), row.peer())))
          .containsExactlyInAnyOrderElementsOf(
              with.connections().stream().map(row -> List.of(row.local(), row.peer())).toList());
      assertThat(without.counted()).isFalse();
    }
  }

  private static Sockets sockets(ToolRunner tools, ServerSocket server)
      throws InterruptedException {
    Reading<Sockets> reading =
        new SocketProbe(tools, LIMIT, PROC, server.getLocalPort())
            .read(new Processes(null, List.of()));
    assertThat(reading).isInstanceOf(Reading.Known.class);
    return ((Reading.Known<Sockets>) reading).value();
  }

  private static Processes processes(ProcessProbe probe) throws InterruptedException {
    Reading<Processes> reading = probe.read();
    assertThat(reading).isInstanceOf(Reading.Known.class);
    return ((Reading.Known<Processes>) reading).value();
  }
}
