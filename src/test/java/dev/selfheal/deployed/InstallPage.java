package dev.selfheal.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The installation as {@code docs/install.md} tells it to operators. */
final class InstallPage {
  private static final Pattern BLOCK = Pattern.compile("(?sm)^```(\\w+)\n(.*?)^```$");

  private final String section;

  /**
   * A section of it.
   *
   * @throws AssertionError if there is none of this title
   */
  InstallPage(String title) {
    section =
        Pattern.compile("(?sm)^## " + Pattern.quote(title) + "\n(.*?)(?=^## |\\z)")
            .matcher(text())
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow(() -> new AssertionError("docs/install.md has no section " + title));
  }

  private static String text() {
    try {
      return Files.readString(Path.of("docs/install.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its commands, in their order.
   *
   * @param prompt what stands before a command, such as {@code "# "}
   */
  List<String> commands(String prompt) {
    return blocks("console").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(prompt))
        .map(line -> line.substring(prompt.length()))
        .toList();
  }

  /** What stands between its fences of that language, in its order. */
  List<String> blocks(String language) {
    return BLOCK
        .matcher(section)
        .results()
        .filter(found -> found.group(1).equals(language))
        .map((MatchResult found) -> found.group(2))
        .toList();
  }
}
