package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} against the checks. */
class TroubleshootingPageTest {

  @Test
  void hasOneSectionForEachCheckAndNoOther() throws IOException {
    List<String> sections =
        Files.readAllLines(Path.of("docs/troubleshooting.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(CheckName.values()).map(CheckName::word).toList());
  }
}
