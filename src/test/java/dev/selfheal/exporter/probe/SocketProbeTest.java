package dev.selfheal.exporter.probe;

import static dev.selfheal.exporter.sample.ConnectionState.CLOSE_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketProbeTest {
  private static final int API = 21_440;
  private static final int RUNNER = 39_719;
  private static final String TABLE = Recorded.text("proc-net-tcp.txt");
  private static final String API_LISTENS = "LISTEN 0 4096 127.0.0.1:21440 0.0.0.0:*\n";
  private static final String RUNNER_LISTENS = "LISTEN 2 512 127.0.0.1:39719 0.0.0.0:*\n";
  private static final String API_CALL =
      "ESTAB 0 0 127.0.0.1:21440 127.0.0.1:5 bytes_sent:7 bytes_received:8\n";

  private final FakeTools tools = new FakeTools();

  @TempDir private Path folder;
  private FakeProc proc = new FakeProc(Path.of(""));
  private SocketProbe probe = probe();

  @BeforeEach
  void make() {
    proc = new FakeProc(folder);
    probe = probe();
  }

  @Test
  void asksOnceForTheConnectionsAndListenersOfAllPorts() throws Exception {
    tools.answer(API_LISTENS + RUNNER_LISTENS + API_CALL);
    Sockets sockets = known(processes(40, RUNNER));
    assertThat(tools.calls())
        .containsExactly("ss -tainHO exclude time-wait sport = :21440 or sport = :39719");
    assertThat(sockets.listeners())
        .containsExactly(listener("127.0.0.1", API, 0), listener("127.0.0.1", RUNNER, 2));
    assertThat(sockets.connections()).hasSize(1);
    assertThat(sockets.counted()).isTrue();
    assertThat(sockets.loopbackBytes()).isNull();
  }

  @Test
  void looksAtTheApiWhereNoProcessIsKnown() throws Exception {
    tools.answer(API_LISTENS);
    assertThat(known(new Processes(null, List.of())).listeners()).hasSize(1);
    assertThat(tools.calls()).containsExactly("ss -tainHO exclude time-wait sport = :21440");
  }

  @Test
  void leavesOutRowsOfOtherPorts() throws Exception {
    tools.answer(API_LISTENS + "LISTEN 0 5 *:22 *:*\nESTAB 0 0 127.0.0.1:5 127.0.0.1:21440\n");
    Sockets sockets = known(new Processes(null, List.of()));
    assertThat(sockets.listeners()).hasSize(1);
    assertThat(sockets.connections()).isEmpty();
  }

  @Test
  void readsProcWhereThereIsNoSs() throws Exception {
    proc.file("net/tcp", TABLE).file("net/tcp6", Recorded.text("proc-net-tcp6.txt"));
    for (ToolResult failure :
        List.of(
            new ToolResult.Missing(),
            new ToolResult.Ended(1, "", "ss: invalid option -- 'O'\n", true),
            new ToolResult.Ended(0, API_LISTENS, "", false),
            new ToolResult.Ended(0, "gibberish\n", "", true))) {
      tools.answer(failure);
      Sockets sockets = known(processes(40, RUNNER));
      assertThat(sockets.listeners()).hasSize(2);
      assertThat(sockets.connections()).hasSize(3);
      assertThat(sockets.counted()).isFalse();
      assertThat(sockets.loopbackBytes()).as("all of this host's programs are in it").isNull();
    }
  }

  @Test
  void isUnknownWhereNeitherCanBeRead() throws Exception {
    tools.answer(new ToolResult.Missing());
    assertThat(probe.read(processes(40, RUNNER)))
        .isEqualTo(
            new Reading.Unknown<>("ss is not installed, or not in the PATH of this process"));
  }

  @Test
  void isUnknownWhileSsHangs() throws Exception {
    proc.file("net/tcp", TABLE);
    tools.answer(new ToolResult.Stuck(99));
    assertThat(probe.read(processes(40, RUNNER)))
        .isEqualTo(
            new Reading.Unknown<>(
                "ss was not started, because process 99 of it hangs and cannot be killed"));
  }

  @Test
  void looksIntoAContainer() throws Exception {
    container();
    tools.answer("");
    Sockets sockets = known(processes(40, RUNNER));
    assertThat(sockets.listeners())
        .containsExactly(listener("127.0.0.1", API, 0), listener("127.0.0.1", RUNNER, 3));
    assertThat(sockets.connections()).hasSize(3).allMatch(row -> row.traffic() == null);
    assertThat(sockets.counted()).isFalse();
    assertThat(sockets.loopbackBytes()).isEqualTo(7_872_913_021L);
  }

  @Test
  void remembersThatAServerIsInAContainer() throws Exception {
    container();
    tools.answer("");
    known(processes(40, RUNNER));
    assertThat(known(processes(40)).loopbackBytes()).isNotNull();
    assertThat(tools.calls()).as("only the first look asks").hasSize(1);
    tools.answer(API_LISTENS);
    assertThat(known(processes(50)).counted()).as("another server").isTrue();
  }

  @Test
  void seesTheApiFromOutsideWhereItIsPublishedUnderAnotherPort() throws Exception {
    container();
    proc.file("40/net/tcp", TABLE.replace("53C0", "1111"));
    tools.answer(API_LISTENS + API_CALL);
    Sockets sockets = known(processes(40, RUNNER));
    assertThat(sockets.listeners())
        .containsExactly(listener("127.0.0.1", RUNNER, 3), listener("127.0.0.1", API, 0));
    assertThat(sockets.connections().stream().map(row -> row.traffic() == null))
        .containsExactly(true, false);
  }

  @Test
  void isUnknownWhenAContainerCanNoLongerBeRead() throws Exception {
    container();
    tools.answer("");
    known(processes(40, RUNNER));
    proc.end(40);
    assertThat(probe.read(processes(40, RUNNER)))
        .isEqualTo(new Reading.Unknown<>("/proc/40/net/tcp cannot be read"));
  }

  @Test
  void takesARunnerThatDoesNotListenYetForOneOfThisHost() throws Exception {
    tools.answer(API_LISTENS + API_CALL);
    proc.file("41/net/tcp", TABLE.replace("9B27", "9B28"));
    assertThat(known(processes(40, RUNNER)).counted()).isTrue();
  }

  @Test
  void takesARunnerThatBeganToListenAMomentAgoForOneOfThisHost() throws Exception {
    tools.answer(API_LISTENS + API_CALL);
    proc.file("41/net/tcp", TABLE).file("net/tcp", TABLE);
    assertThat(known(processes(40, RUNNER)).counted()).isTrue();
  }

  @Test
  void keepsWhatAnUnreadConnectionHolds() throws Exception {
    tools.answer("CLOSE-WAIT 75 0 [::1]:21440 [::1]:5 segs_in:3 bytes_received:74\n");
    Connection row = known(processes(40)).connections().get(0);
    assertThat(row.state()).isEqualTo(CLOSE_WAIT);
    assertThat(row.local()).isEqualTo(new Endpoint("::1", API));
    assertThat(row.receiveQueue()).isEqualTo(75);
  }

  /** The server is process 40, its runner 41. */
  private void container() {
    proc.file("net/tcp", "");
    for (long pid : List.of(40L, 41L)) {
      proc.file(pid + "/net/tcp", TABLE).file(pid + "/net/dev", Recorded.text("proc-net-dev.txt"));
    }
  }

  private SocketProbe probe() {
    return new SocketProbe(tools, Duration.ofSeconds(2), proc.root(), API);
  }

  private Sockets known(Processes processes) throws InterruptedException {
    Reading<Sockets> reading = probe.read(processes);
    assertThat(reading).isInstanceOf(Reading.Known.class);
    return ((Reading.Known<Sockets>) reading).value();
  }

  private static Processes processes(long serve, Integer... ports) {
    return new Processes(
        stat(serve),
        Stream.of(ports)
            .map(p -> new RunnerProcess(stat(serve + 1), p, Dialect.POOLED, false, null))
            .toList());
  }

  private static ProcessStat stat(long pid) {
    return new ProcessStat(pid, 1, ProcessState.SLEEPING, Duration.ZERO, 900 + pid, 1);
  }

  private static Listener listener(String address, int port, long queue) {
    return new Listener(new Endpoint(address, port), queue);
  }
}
