package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No text makes a parser throw, and none makes it see more than there are lines. */
class HostTextProperties {
  private static final List<String> NAMES =
      List.of(
          "stat-0.24-runner.txt",
          "stat-0.32-serve.txt",
          "cmdline-0.24-runner.txt",
          "cmdline-0.32-runner.txt",
          "ss-every-kind.txt",
          "ss-both-families.txt",
          "proc-net-tcp.txt",
          "proc-net-tcp6.txt",
          "proc-net-dev.txt");

  @Property
  void anyTextIsReadOrLeftOut(@ForAll String text) {
    readsOrLeavesOut(text);
  }

  @Property
  void anyWordsOfTheKernelAreReadOrLeftOut(@ForAll("kernelText") String text) {
    readsOrLeavesOut(text);
  }

  @Property
  void recordedTextWithAChangeIsReadOrLeftOut(
      @ForAll("recorded") String text,
      @ForAll @IntRange(max = 9_000) int place,
      @ForAll @IntRange(max = 8) int length,
      @ForAll("words") String put) {
    int at = place % text.length();
    int end = Math.min(text.length(), at + length);
    readsOrLeavesOut(text.substring(0, at) + put + text.substring(end));
  }

  private static void readsOrLeavesOut(String text) {
    ProcStat.parse(text)
        .ifPresent(
            stat -> {
              assertThat(stat.pid()).isNotNegative();
              assertThat(stat.cpu().isNegative()).isFalse();
            });
    RunnerCommandLine.parse(text).ifPresent(r -> assertThat(r.port()).isBetween(1, 65_535));
    assertThat(ProcNetDev.loopbackBytes(text).orElse(0)).isNotNegative();
    assertFitsIn(text, SsOutput.parse(text));
    assertFitsIn(text, ProcNetTcp.parse(text, port -> true));
  }

  private static void assertFitsIn(String text, SocketRows rows) {
    assertThat(rows.connections().size() + rows.listeners().size() + rows.odd())
        .isLessThanOrEqualTo((int) text.lines().count());
    assertThat(rows.connections())
        .allMatch(row -> row.receiveQueue() >= 0 && row.sendQueue() >= 0)
        .allMatch(row -> row.local().port() >= 0 && row.local().port() <= 65_535);
  }

  @Provide
  Arbitrary<String> recorded() {
    return Arbitraries.of(NAMES).map(Recorded::text);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "ESTAB",
            "LISTEN",
            "CLOSE-WAIT",
            "0",
            "-1",
            "*:*",
            "[::1]:80",
            "127.0.0.1:11434",
            ":",
            "bytes_sent:",
            "bytes_received:9223372036854775807",
            "lastsnd:-5",
            "0A",
            "FF",
            "lo:",
            "0100007F:53C0",
            "99999999999999999999",
            "(",
            ") ",
            "\n",
            "\0",
            "--port",
            "=",
            "%"),
        Arbitraries.strings().ofMaxLength(5));
  }

  @Provide
  Arbitrary<String> kernelText() {
    return words().list().ofMaxSize(30).map(words -> String.join(" ", words));
  }
}
