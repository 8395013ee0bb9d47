package dev.selfheal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that the loader knows, as its own messages about an unknown one tell them. */
final class KnownKeys {
  private static final String UNKNOWN = "nobody_knows_this_key";
  private static final Pattern HINT =
      Pattern.compile("(.*)" + UNKNOWN + ": is not a known key; known here: (.*)");

  private final Function<String, List<String>> errors;
  private final List<String> found = new ArrayList<>();

  private KnownKeys(Function<String, List<String>> errors) {
    this.errors = errors;
  }

  /**
   * All that are not sections themselves, as paths such as {@code targets[].match}.
   *
   * @param errors what the loader says of a document
   */
  static List<String> of(Function<String, List<String>> errors) {
    KnownKeys keys = new KnownKeys(errors);
    keys.visit("");
    return keys.found;
  }

  private void visit(String section) {
    for (String key : keysOf(section).orElseThrow()) {
      String path = section.isEmpty() ? key : section + "." + key;
      if (keysOf(path).isPresent()) {
        visit(path);
      } else if (keysOf(path + "[]").isPresent()) {
        visit(path + "[]");
      } else {
        found.add(path);
      }
    }
  }

  /** Empty if it is no section. */
  private Optional<List<String>> keysOf(String path) {
    String wanted = path.isEmpty() ? "" : path.replace("[]", "[0]") + ".";
    return errors.apply(document(path)).stream()
        .map(HINT::matcher)
        .filter(hint -> hint.matches() && hint.group(1).equals(wanted))
        .map((Matcher hint) -> List.of(hint.group(2).split(", ")))
        .findFirst();
  }

  private static String document(String path) {
    return new YamlPaths().put(path.isEmpty() ? UNKNOWN : path + "." + UNKNOWN, "1").text();
  }
}
