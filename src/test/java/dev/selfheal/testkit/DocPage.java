package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as its readers see it.
 *
 * @param path in the repository, such as {@code docs/commands.md}
 */
public record DocPage(String path, List<String> lines) {
  private static final Pattern HEADING = Pattern.compile("(#+) (.*)");
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern FENCE = Pattern.compile(" {0,3}```(\\w*)");
  private static final Pattern PROMPT = Pattern.compile("([a-z0-9-]*)([#$]) (.+)");

  public DocPage {
    lines = List.copyOf(lines);
  }

  /**
   * A command that a page has its reader type.
   *
   * @param section the heading of the second level above it; empty before the first
   * @param host what stands before the prompt, such as {@code gpu-02}; mostly empty
   */
  public record Command(String page, String section, String language, String host, String text) {}

  /** A line, and whether it lies between fences of this language; null outside of fences. */
  private record Placed(String section, String language, String text) {
    private static final String OUTSIDE = "-";

    boolean isProse() {
      return language.equals(OUTSIDE);
    }
  }

  /** The page there. */
  public static DocPage of(String path) {
    try {
      return new DocPage(path, Files.readAllLines(Path.of(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README.md and each page under docs/. */
  public static List<DocPage> all() {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      List<String> pages = files.map(Path::toString).filter(f -> f.endsWith(".md")).toList();
      return Stream.concat(Stream.of("README.md"), pages.stream().sorted())
          .map(DocPage::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The headings of this level. */
  public List<String> headings(int level) {
    return prose()
        .map(HEADING::matcher)
        .filter(found -> found.matches() && found.group(1).length() == level)
        .map(found -> found.group(2))
        .toList();
  }

  /** The names by which its headings are linked to, as GitHub makes them. */
  public List<String> anchors() {
    return prose()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(
            found ->
                found
                    .group(2)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .toList();
  }

  /** Where its links lead, as written. */
  public List<String> links() {
    String text = String.join("\n", prose().map(line -> line.replaceAll("`[^`]*`", "`")).toList());
    return LINK.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The cells of each row of the tables in a section, but for their heads. */
  public List<List<String>> rows(String section) {
    List<List<String>> rows = new ArrayList<>();
    boolean body = false;
    for (Placed line : placed()) {
      boolean row = line.isProse() && line.text().startsWith("|") && line.section().equals(section);
      if (row && body) {
        rows.add(cells(line.text()));
      }
      body = row && (body || line.text().startsWith("|--") || line.text().startsWith("| --"));
    }
    return rows;
  }

  private static List<String> cells(String row) {
    return Stream.of(row.substring(1, row.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
        .map(cell -> cell.replace("\\|", "|").strip())
        .toList();
  }

  /** What it has its reader type: all of the blocks {@code sh}, of {@code console} the prompts. */
  public List<Command> commands() {
    return placed().stream().flatMap(this::command).toList();
  }

  private Stream<Command> command(Placed line) {
    Matcher typed = PROMPT.matcher(line.text().strip());
    if (line.language().equals("console") && typed.matches()) {
      return Stream.of(
          new Command(path, line.section(), "console", typed.group(1), typed.group(3)));
    }
    boolean empty = line.text().isBlank() || line.text().startsWith("#");
    return line.language().equals("sh") && !empty
        ? Stream.of(new Command(path, line.section(), "sh", "", line.text().strip()))
        : Stream.empty();
  }

  /** The text between fences of a language, block by block. */
  public List<String> blocks(String language) {
    Pattern block = Pattern.compile("(?sm)^ {0,3}```" + language + "\n(.*?)^ {0,3}```$");
    return block
        .matcher(String.join("\n", lines))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private Stream<String> prose() {
    return placed().stream().filter(Placed::isProse).map(Placed::text);
  }

  private List<Placed> placed() {
    List<Placed> placed = new ArrayList<>();
    String section = "";
    String language = Placed.OUTSIDE;
    for (String line : lines) {
      Matcher fence = FENCE.matcher(line);
      if (fence.lookingAt()) {
        language = language.equals(Placed.OUTSIDE) ? fence.group(1) : Placed.OUTSIDE;
      } else {
        boolean begins = language.equals(Placed.OUTSIDE) && line.startsWith("## ");
        section = begins ? line.substring(3) : section;
        placed.add(new Placed(section, language, line));
      }
    }
    return placed;
  }
}
