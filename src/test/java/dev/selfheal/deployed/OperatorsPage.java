package dev.selfheal.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a section of the documentation has operators do. */
final class OperatorsPage {
  private static final Pattern BLOCK = Pattern.compile("(?sm)^```(\\w+)\n(.*?)^```$");
  private static final Pattern FILE = Pattern.compile("# (/\\S+) on ([a-z0-9-]+)\n");
  private static final Pattern TYPED = Pattern.compile("(?m)^([a-z0-9-]+)# (.+)$");

  private final String section;

  /**
   * A section of {@code docs/install.md}.
   *
   * @throws AssertionError if there is none of this title
   */
  OperatorsPage(String title) {
    this("docs/install.md", title);
  }

  /**
   * A section of a page.
   *
   * @throws AssertionError if there is none of this title
   */
  OperatorsPage(String page, String title) {
    section =
        Pattern.compile("(?sm)^## " + Pattern.quote(title) + "\n(.*?)(?=^## |\\z)")
            .matcher(text(page))
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow(() -> new AssertionError(page + " has no section " + title));
  }

  private static String text(String page) {
    try {
      return Files.readString(Path.of(page));
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

  /** Something that the page has its reader do. */
  sealed interface Step {
    /** The host that it is done on. */
    String host();
  }

  /** A command that is typed. */
  record Typed(String host, String command) implements Step {}

  /** A file that is written. */
  record Written(String host, String path, String text) implements Step {}

  /**
   * What it has its reader do on several hosts, in its order: commands behind a prompt such as
   * {@code "gpu-02# "}, and files whose first line is a comment such as {@code "# /etc/x on
   * gpu-02"}.
   */
  List<Step> steps() {
    return BLOCK.matcher(section).results().flatMap(OperatorsPage::steps).toList();
  }

  private static Stream<Step> steps(MatchResult block) {
    String text = block.group(2);
    Matcher file = FILE.matcher(text);
    return block.group(1).equals("yaml") && file.lookingAt()
        ? Stream.of(new Written(file.group(2), file.group(1), text))
        : TYPED.matcher(text).results().map(line -> new Typed(line.group(1), line.group(2)));
  }
}
