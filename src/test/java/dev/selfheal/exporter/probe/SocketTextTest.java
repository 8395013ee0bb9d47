package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Sockets;
import org.junit.jupiter.api.Test;

class SocketTextTest {
  private static final String SS =
      """
      LISTEN 0 4096 *:11434 *:* cubic cwnd:10
      LISTEN 0 512 127.0.0.1:40001 0.0.0.0:* cubic cwnd:10
      ESTAB 0 0 127.0.0.1:40001 127.0.0.1:50002 bbr bytes_sent:5 bytes_received:6 lastsnd:7
      ESTAB 1 2 10.0.0.5:11434 203.0.113.9:50003 bbr bytes_sent:5 lastsnd:7
      CLOSE-WAIT 1 0 [::ffff:10.0.0.5]:11434 [2001:db8::7]%eth0:50004 bbr bytes_sent:5 lastsnd:7
      """;

  private final SocketText text = new SocketText();

  @Test
  void rowsWithStandInsSayTheSame() {
    SocketRows before = SsOutput.parse(SS);
    SocketRows after = SsOutput.parse(text.rows(SS, false) + "\n" + text.rows(SS, true));
    assertThat(after.odd()).isZero();
    assertThat(after.listeners()).isEqualTo(before.listeners());
    assertThat(after.connections())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("local.address", "peer.address")
        .isEqualTo(before.connections());
    assertThat(after.connections().get(0)).isEqualTo(before.connections().get(0));
  }

  @Test
  void noAddressOfTheNetworkIsLeftAndEachKeepsItsStandIn() {
    String first = text.rows(SS, false);
    assertThat(first)
        .doesNotContain("203.0.113.9", "10.0.0.5", "2001:db8")
        .contains("127.0.0.1:50002", " 198.18.0.1:11434 198.18.0.2:50003 ");
    assertThat(text.rows(SS, false)).isEqualTo(first);
  }

  @Test
  void rowsThatWereFoundInAnotherWaySayTheSameWithoutTraffic() {
    String plain = SS.replaceAll("(bytes_|last)\\w+:\\d+", "");
    Sockets found = SsOutput.parse(plain).sockets();
    SocketRows again = SsOutput.parse(text.rows(found, false) + "\n" + text.rows(found, true));
    assertThat(again.counted()).isFalse();
    assertThat(again.connections())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("local.address", "peer.address")
        .isEqualTo(found.connections());
    assertThat(again.listeners()).hasSameSizeAs(found.listeners());
  }
}
