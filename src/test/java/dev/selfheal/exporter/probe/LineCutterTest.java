package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineCutterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineCutter cutter =
      new LineCutter(
          (bytes, from, to) -> lines.add(new String(bytes, from, to - from, ISO_8859_1)));

  private void add(String text) {
    cutter.add(text.getBytes(ISO_8859_1), text.length());
  }

  @Test
  void keepsWhatHasBegunUntilItEnds() {
    add("one\ntw");
    assertThat(lines).containsExactly("one");
    add("o\n\nthree");
    assertThat(lines).containsExactly("one", "two", "");
  }

  @Test
  void cutsALineThatIsTooLongAndReadsOnAfterIt() {
    String block = "x".repeat(30_000);
    add(block);
    add(block);
    add(block + "\nnext\n");
    add("y".repeat(100_000) + "\nlast\n");
    assertThat(lines).extracting(String::length).containsExactly(65_536, 4, 65_536, 4);
    assertThat(lines).endsWith("last");
  }

  @Property
  void itDoesNotMatterHowTheBytesArrive(@ForAll @IntRange(min = 1, max = 40) int step) {
    String text = Recorded.text("log-0.32-spin.txt").replace("µ", "u");
    List<String> cut = new ArrayList<>();
    LineCutter one =
        new LineCutter(
            (bytes, from, to) -> cut.add(new String(bytes, from, to - from, ISO_8859_1)));
    for (int at = 0; at < text.length(); at += step) {
      String part = text.substring(at, Math.min(at + step, text.length()));
      one.add(part.getBytes(ISO_8859_1), part.length());
    }
    assertThat(cut).isEqualTo(text.lines().toList());
  }
}
