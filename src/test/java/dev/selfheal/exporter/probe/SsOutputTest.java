package dev.selfheal.exporter.probe;

import static dev.selfheal.exporter.sample.ConnectionState.CLOSE_WAIT;
import static dev.selfheal.exporter.sample.ConnectionState.ESTABLISHED;
import static dev.selfheal.exporter.sample.ConnectionState.OTHER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsOutputTest {

  @Test
  void readsThePooledConnectionsOfOllama24() {
    SocketRows rows = SsOutput.parse(Recorded.text("ss-0.24-pooled.txt"));
    assertThat(rows.connections())
        .hasSize(5)
        .allMatch(row -> row.state() == ESTABLISHED)
        .contains(
            new Connection(
                ESTABLISHED,
                new Endpoint("127.0.0.1", 35_923),
                new Endpoint("127.0.0.1", 47_704),
                0,
                0,
                new Traffic(4_907, 3_649, Duration.ofMillis(12_372), Duration.ofMillis(12_932))));
    assertThat(rows.odd()).isZero();
    assertThat(rows.counted()).isTrue();
  }

  @Test
  void readsListenersAndHowManyWaitToBeAccepted() {
    assertThat(SsOutput.parse(Recorded.text("ss-0.24-listen.txt")).listeners())
        .containsExactly(
            new Listener(new Endpoint("127.0.0.1", 21_461), 0),
            new Listener(new Endpoint("127.0.0.1", 35_923), 0));
    assertThat(SsOutput.parse(Recorded.text("ss-every-kind.txt")).listeners())
        .containsExactly(new Listener(new Endpoint("127.0.0.1", 21_460), 3));
  }

  @Test
  void readsARowOfEveryKindThatWasRecorded() {
    SocketRows rows = SsOutput.parse(Recorded.text("ss-every-kind.txt"));
    assertThat(rows.odd()).isZero();
    assertThat(rows.connections()).hasSize(19).allMatch(row -> row.traffic() != null);
    assertThat(rows.connections().stream().map(Connection::state))
        .contains(ESTABLISHED, CLOSE_WAIT, OTHER);
  }

  @Test
  void readsConnectionsAndListenersOfBothFamiliesInOneText() {
    SocketRows rows = SsOutput.parse(Recorded.text("ss-both-families.txt"));
    assertThat(rows.listeners())
        .containsExactly(
            new Listener(new Endpoint("127.0.0.1", 18_123), 0),
            new Listener(new Endpoint("*", 18_124), 2));
    assertThat(rows.connections().stream().map(Connection::local))
        .containsExactly(
            new Endpoint("127.0.0.1", 18_123),
            new Endpoint("127.0.0.1", 18_123),
            new Endpoint("::ffff:127.0.0.1", 18_124),
            new Endpoint("::1", 18_124));
    assertThat(rows.counted()).as("a row in FIN-WAIT-2 has no numbers, which is normal").isTrue();
  }

  @Test
  void takesWhatIsNotWrittenForZero() {
    assertThat(traffic("ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 cubic segs_in:2 app_limited"))
        .isEqualTo(new Traffic(0, 0, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void takesAcknowledgedBytesOnKernelsThatDoNotCountSentOnes() {
    assertThat(traffic("ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 bytes_acked:17 bytes_received:4"))
        .isEqualTo(new Traffic(17, 4, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void knowsThatWithoutNetlinkNothingIsCounted() {
    SocketRows rows = SsOutput.parse(Recorded.text("ss-without-netlink.txt"));
    assertThat(rows.listeners()).hasSize(2);
    assertThat(rows.connections()).hasSize(4).allMatch(row -> row.traffic() == null);
    assertThat(rows.counted()).isFalse();
  }

  @Test
  void isCountedWhenNobodyIsConnected() {
    assertThat(SsOutput.parse("").counted()).isTrue();
    assertThat(SsOutput.parse("\n  \n")).isEqualTo(SocketRows.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:*,            0.0.0.0,    0",
    "*:*,                  *,          0",
    "[::]:*,               ::,         0",
    "127.0.0.53%lo:53,     127.0.0.53, 53",
    "[fe80::1%eth0]:546,   fe80::1,    546",
    "[fe80::1]%eth0:546,   fe80::1,    546",
    "[::ffff:10.0.0.1]:65535, ::ffff:10.0.0.1, 65535"
  })
  void writesAnAddressWithoutBracketsAndZone(String word, String address, int port) {
    assertThat(SsOutput.parse("LISTEN 0 5 " + word + " *:*").listeners())
        .containsExactly(new Listener(new Endpoint(address, port), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot open netlink socket: Permission denied",
        "State Recv-Q Send-Q Local Address:Port Peer Address:Port",
        "ESTAB",
        "ESTAB 0 0 127.0.0.1:1",
        "ESTAB 0 0 127.0.0.1 127.0.0.1:2",
        "ESTAB 0 0 :1 127.0.0.1:2",
        "ESTAB 0 0 127.0.0.1:http 127.0.0.1:2",
        "ESTAB 0 0 127.0.0.1:65536 127.0.0.1:2",
        "ESTAB -1 0 127.0.0.1:1 127.0.0.1:2",
        "ESTAB 0 99999999999999999999 127.0.0.1:1 127.0.0.1:2",
        "HAPPY 0 0 127.0.0.1:1 127.0.0.1:2",
        "ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 bytes_sent:many",
        "ESTAB 0 0 127.0.0.1:1 127.0.0.1:2 lastrcv:-1"
      })
  void leavesOutALineThatItDoesNotUnderstand(String line) {
    SocketRows rows = SsOutput.parse("LISTEN 0 5 *:1 *:*\n" + line + "\nLISTEN 0 5 *:2 *:*\n");
    assertThat(rows.listeners()).hasSize(2);
    assertThat(rows.connections()).isEmpty();
    assertThat(rows.odd()).isEqualTo(1);
  }

  private static Traffic traffic(String line) {
    List<Connection> connections = SsOutput.parse(line).connections();
    assertThat(connections).hasSize(1);
    return requireNonNull(connections.get(0).traffic());
  }
}
