package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No text makes a parser throw. */
class ParserProperties {

  private static void readByAll(String text) {
    assertThat(NvidiaCsv.parse(text)).isNotNull();
    assertThat(PmonOutput.parse(text)).isNotNull();
    assertThat(ComputeApps.parse(text)).isNotNull();
    assertThat(LogLine.parse(text)).isNotNull();
    byte[] bytes = text.getBytes(ISO_8859_1);
    assertThat(JournalLines.message(bytes, 0, bytes.length)).isNotNull();
    assertThat(ToolText.line(text)).matches("[ -~]{1,160}");
  }

  @Property
  void anyTextIsRead(@ForAll String text) {
    readByAll(text);
  }

  /** Made of the parsers' own words, so that it gets past the first one. */
  @Property
  void anyMixOfTheirOwnWordsIsRead(@ForAll("words") String text) {
    readByAll(text);
  }

  @Property
  void aRecordedTextWithOneChangedCharacterIsRead(
      @ForAll("recordings") String recording,
      @ForAll @IntRange(max = 20_000) int place,
      @ForAll char value) {
    StringBuilder text = new StringBuilder(Recorded.text(recording));
    text.setCharAt(place % text.length(), value);
    readByAll(text.toString());
    text.toString().lines().forEach(LogLine::parse);
  }

  @Property
  void anyPartOfALineOfTheJournalIsRead(
      @ForAll("words") String text, @ForAll @IntRange(max = 60) int cut) {
    byte[] bytes = ("{\"MESSAGE\":\"" + text).getBytes(ISO_8859_1);
    int from = Math.min(cut, bytes.length);
    assertThat(JournalLines.message(bytes, from, bytes.length)).isNotNull();
    assertThat(JournalLines.message(bytes, 0, bytes.length - from)).isNotNull();
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            "slot ",
            "srv ",
            "print_timing",
            "print_timing:",
            "|",
            "n_gen =",
            "prompt processing",
            "progress",
            "[GIN]",
            "POST ",
            "\"",
            "/api/chat",
            "200",
            "msg=",
            "starting runner",
            "\u001b",
            "[0m",
            "#",
            "gpu",
            "pid",
            "sm",
            "0",
            "27847",
            "-",
            "\n",
            ",",
            ".",
            " ",
            "[N/A]",
            "[Unknown Error]",
            "GPU-1",
            "\"MESSAGE\"",
            ":",
            "[",
            "\\",
            "\\u00",
            "null",
            "99999999999999999999",
            "\t",
            "{",
            "}")
        .list()
        .ofMaxSize(40)
        .map(words -> String.join("", words));
  }

  @Provide
  Arbitrary<String> recordings() {
    return Arbitraries.of(
        "nvidia-titan.txt",
        "nvidia-odd.txt",
        "pmon-old.txt",
        "pmon-new.txt",
        "log-0.32-prefill.txt",
        "log-0.32-spin.txt",
        "log-0.24-embed.txt");
  }
}
