package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.HostReport.Seen;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No text makes the reader throw, and none makes it see what was not said. */
class HostReportProperties {
  private static final String WHOLE = HostReportTest.EVIDENCE;

  @Property
  void anyTextIsBorne(@ForAll String text) {
    assertBounded(HostReport.parse(text));
  }

  @Property
  void anySectionsOfAnyLinesAreBorne(@ForAll("reports") String text) {
    assertBounded(HostReport.parse("selfheal-host-agent 1 status\n" + text));
  }

  @Property
  void aReportWithAChangeIsBorne(
      @ForAll @IntRange(max = 800) int place,
      @ForAll @IntRange(max = 20) int length,
      @ForAll("words") String put) {
    int at = Math.min(place, WHOLE.length());
    int end = Math.min(WHOLE.length(), at + length);
    assertBounded(HostReport.parse(WHOLE.substring(0, at) + put + WHOLE.substring(end)));
  }

  @Property
  void aReportThatIsCutOffSaysNothingThatTheWholeDoesNot(
      @ForAll @IntRange(min = 31, max = 800) int length) {
    Seen whole = (Seen) HostReport.parse(WHOLE);
    Seen part = (Seen) HostReport.parse(WHOLE.substring(0, Math.min(length, WHOLE.length())));
    assertThat(whole.processes()).containsAll(part.processes());
    assertThat(whole.sockets()).containsAll(part.sockets());
    assertThat(whole.gpu()).containsAll(part.gpu());
    assertThat(whole.journal()).containsAll(part.journal());
    assertThat(part.unit()).isIn("", whole.unit());
    assertThat(part.exporter()).isIn("", whole.exporter());
    assertThat(part.page() instanceof HostPage.Missing || part.page().equals(whole.page()))
        .isTrue();
    assertThat(part.clockOrNull() == null || part.clockOrNull().equals(whole.clockOrNull()))
        .isTrue();
    assertThat(part.complete()).isEqualTo(length >= WHOLE.length() - 1);
  }

  private static void assertBounded(HostReport report) {
    if (report instanceof Seen seen) {
      assertThat(seen.processes()).hasSizeLessThanOrEqualTo(HostReport.MOST_PROCESSES);
      assertThat(seen.sockets()).hasSizeLessThanOrEqualTo(HostReport.MOST_SOCKETS);
      assertThat(seen.gpu()).hasSizeLessThanOrEqualTo(HostReport.MOST_GPU_LINES);
      assertThat(seen.journal()).hasSizeLessThanOrEqualTo(HostReport.MOST_JOURNAL_LINES);
      assertThat(seen.unit()).hasSizeLessThan(20_000);
      assertThat(seen.exporter()).hasSizeLessThan(20_000);
      seen.processes()
          .forEach(row -> assertThat(seen.age(row).filter(Duration::isNegative)).isEmpty());
    } else if (report instanceof HostReport.Unreadable unreadable) {
      assertThat(unreadable.why()).hasSizeLessThan(450).doesNotContain("\n");
    }
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
        "", "\n", "[", "]", "[end]\n", "|", " ", "-", "99999999999999999999", "=", "\0", "\u00e9");
  }

  @Provide
  Arbitrary<String> reports() {
    return Arbitraries.of(
            "[clock]",
            "[unit]",
            "[exporter]",
            "[processes]",
            "[sockets]",
            "[page]",
            "[gpu]",
            "[journal]",
            "[end]",
            "17 1 S 1 999999999999999999 1 65535 serve",
            "ESTAB 0 0 1 2 3 4",
            "|x",
            "exit=0",
            "unavailable",
            "unavailable ",
            "uptime=999999999999.5",
            "epoch=99999999999",
            "hertz=1",
            "MainPID=1",
            "ActiveState=a",
            "[x]",
            "")
        .list()
        .ofMaxSize(800)
        .map(lines -> String.join("\n", lines) + "\n");
  }
}
