package dev.selfheal.config;

import dev.selfheal.testkit.DocPage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that a page documents, one a row: key, default, unit, example, meaning. */
record DocumentedKeys(List<Key> all) {
  private static final Pattern LITERAL = Pattern.compile("`([^`]+)`");
  private static final Pattern RANGE = Pattern.compile("(duration|number), (\\S+) to (\\S+)");

  /** A row. */
  record Key(String path, String defaults, String unit, String example, String meaning) {

    boolean isRequired() {
      return defaults.equals("required");
    }

    /** The default, if it can be written into a file. */
    Optional<String> literalDefault() {
      Matcher literal = LITERAL.matcher(defaults);
      return literal.matches() ? Optional.of(literal.group(1)) : Optional.empty();
    }

    Optional<Range> range() {
      Matcher range = RANGE.matcher(unit);
      return range.matches()
          ? Optional.of(new Range(range.group(1), range.group(2), range.group(3)))
          : Optional.empty();
    }

    /** The section that it stands in; empty for the document. */
    String section() {
      return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** From the least to the most that is allowed. */
  record Range(String kind, String least, String most) {

    /** The next value that is not allowed. */
    String more() {
      return kind.equals("number") ? Integer.toString(Integer.parseInt(most) + 1) : most + "1ms";
    }

    /** The one before that is not allowed, if it can be written: no time is below zero. */
    Optional<String> less() {
      if (kind.equals("number")) {
        return Optional.of(Integer.toString(Integer.parseInt(least) - 1));
      }
      long millis = Durations.parse(least).orElseThrow().toMillis();
      return millis == 0 ? Optional.empty() : Optional.of(millis - 1 + "ms");
    }
  }

  static DocumentedKeys of(DocPage page) {
    return new DocumentedKeys(page.rows("").stream().map(DocumentedKeys::key).toList());
  }

  private static Key key(List<String> row) {
    if (row.size() != 5) {
      throw new AssertionError("not key, default, unit, example and meaning: " + row);
    }
    return new Key(literal(row.get(0)), row.get(1), row.get(2), literal(row.get(3)), row.get(4));
  }

  private static String literal(String cell) {
    Matcher literal = LITERAL.matcher(cell);
    if (!literal.matches()) {
      throw new AssertionError("must stand between two backticks: " + cell);
    }
    return literal.group(1);
  }

  /** A document with this key, and with all that is required beside and above it. */
  String with(Key key, String value) {
    return needed(key).put(key.path(), value).text();
  }

  /** The same without the key. */
  String without(Key key) {
    return needed(key).remove(key.path()).text();
  }

  private YamlPaths needed(Key key) {
    YamlPaths document = new YamlPaths();
    if (key.path().startsWith("targets[].")) {
      boolean unit = key.path().equals("targets[].unit"); // one of the two is needed
      document.put(
          unit ? "targets[].restart_command" : "targets[].unit", unit ? "[x]" : "x.service");
    }
    all.stream()
        .filter(each -> each.isRequired() && isAbove(each, key))
        .forEach(each -> document.put(each.path(), each.example()));
    return document;
  }

  private static boolean isAbove(Key required, Key key) {
    boolean list = required.path().equals("targets") && key.path().startsWith("targets[]");
    boolean above =
        required.section().isEmpty()
            || key.section().equals(required.section())
            || key.section().startsWith(required.section() + ".");
    return above && !list;
  }
}
