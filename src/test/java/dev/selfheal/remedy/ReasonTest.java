package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| ([^|]+) \\| ([^|]+) \\|");

  @Test
  void eachHasItsRowInTheDocumentationInTheSameOrderWithWhatToDo() throws IOException {
    List<Matcher> rows =
        Files.readAllLines(Path.of("docs/remediation.md")).stream()
            .dropWhile(line -> !line.equals("## Every reason"))
            .takeWhile(line -> !line.equals("## The host agent"))
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .toList();
    assertThat(rows)
        .extracting(row -> row.group(1))
        .containsExactlyElementsOf(Stream.of(Reason.values()).map(Reason::label).toList());
    assertThat(rows).allMatch(row -> row.group(3).length() > 3);
  }

  @ParameterizedTest
  @EnumSource
  void isASentenceForPeople(Reason reason) {
    assertThat(reason.sentence()).doesNotContain("_").doesNotEndWith(".").hasSizeGreaterThan(10);
  }
}
