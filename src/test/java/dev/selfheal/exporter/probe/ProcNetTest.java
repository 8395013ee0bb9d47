package dev.selfheal.exporter.probe;

import static dev.selfheal.exporter.sample.ConnectionState.CLOSE_WAIT;
import static dev.selfheal.exporter.sample.ConnectionState.ESTABLISHED;
import static dev.selfheal.exporter.sample.ConnectionState.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcNetTest {

  @Test
  void readsQueuesAndStatesButNoTraffic() {
    SocketRows rows =
        ProcNetTcp.parse(
            Recorded.text("proc-net-tcp.txt"), port -> port == 21_440 || port == 39_719);
    assertThat(rows.listeners())
        .containsExactly(
            new Listener(new Endpoint("127.0.0.1", 21_440), 0),
            new Listener(new Endpoint("127.0.0.1", 39_719), 3));
    assertThat(rows.connections())
        .containsExactly(
            row(ESTABLISHED, 39_719, 44_176, 0, 16),
            row(CLOSE_WAIT, 21_440, 37_748, 1, 0),
            row(OTHER, 21_440, 37_750, 0, 0));
    assertThat(rows.odd()).isZero();
    assertThat(rows.counted()).isFalse();
  }

  @Test
  void readsTheOtherFamily() {
    SocketRows rows = ProcNetTcp.parse(Recorded.text("proc-net-tcp6.txt"), port -> port == 18_124);
    assertThat(rows.listeners()).containsExactly(new Listener(new Endpoint("::", 18_124), 2));
    assertThat(rows.connections().stream().map(Connection::peer))
        .containsExactly(new Endpoint("::ffff:127.0.0.1", 57_712), new Endpoint("::1", 57_254));
    assertThat(rows.odd()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0100007F, 127.0.0.1",
    "00000000, 0.0.0.0",
    "FFFFFFFF, 255.255.255.255",
    "00000000000000000000000000000000, ::",
    "00000000000000000000000001000000, ::1",
    "000080FE00000000FF005450010000FE, fe80::5054:ff:fe00:1",
    "B80D0120000000000000000001000000, 2001:db8::1",
    "B80D0120010000000000000000000100, 2001:db8:0:1::1:0",
    "B80D0120010000000000010000000100, 2001:db8:0:1:1:0:1:0"
  })
  void writesAnAddressAsSsDoes(String hex, String text) {
    assertThat(HexAddress.text(hex)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0:",
        "0: 0100007F:0050",
        "0: 0100007F 0100007F:0051 01 00000000:00000000",
        "0: 100007F:0050 0100007F:0051 01 00000000:00000000",
        "0: 0100007F:10050 0100007F:0051 01 00000000:00000000",
        "0: 0100007F:0050 0100007F:0051 00 00000000:00000000",
        "0: 0100007F:0050 0100007F:0051 FF 00000000:00000000",
        "0: 0100007F:0050 0100007F:0051 01 00000000",
        "0: -100007F:0050 0100007F:0051 01 00000000:0000000G",
        "0: 0100007F:0050 0100007F:0051 01 00000000:0000000G"
      })
  void leavesOutALineThatItDoesNotUnderstand(String line) {
    assertThat(ProcNetTcp.parse(line, port -> true).odd()).isEqualTo(1);
    assertThat(ProcNetTcp.parse(line, port -> true).connections()).isEmpty();
  }

  @Test
  void readsWhatWentOverLoopback() {
    assertThat(ProcNetDev.loopbackBytes(Recorded.text("proc-net-dev.txt")))
        .hasValue(7_872_913_021L);
    assertThat(ProcNetDev.loopbackBytes("lo:17 2 0 0")).hasValue(17);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lo", "lo:", "lo: many", "lo: -1", "loop: 1 2 3", "  eth0: 5 6 7"})
  void doesNotKnowALoopbackThatIsNotThere(String text) {
    assertThat(ProcNetDev.loopbackBytes(text)).isEmpty();
  }

  private static Connection row(
      ConnectionState state, int port, int peerPort, long receiveQueue, long sendQueue) {
    return new Connection(
        state,
        new Endpoint("127.0.0.1", port),
        new Endpoint("127.0.0.1", peerPort),
        receiveQueue,
        sendQueue,
        null);
  }
}
