package dev.selfheal.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that is documented but whose feature is not in this version.
 *
 * @param setting its path without indexes
 * @param texts which of its values are meant
 * @param message what to tell whoever sets it
 */
record Unsupported(String setting, Pattern texts, String message) {

  /** A version that adds a feature removes its line, and reads the setting instead. */
  private static final List<Unsupported> TABLE =
      List.of(value("ledger", "postgres(ql)?:.*", "PostgreSQL", "use sqlite:FILE"));

  private static Unsupported value(String setting, String texts, String name, String instead) {
    return new Unsupported(
        setting, Pattern.compile(texts), name + " is not supported by this version; " + instead);
  }

  /** The tree without its unsupported settings, each of which is reported. */
  static Node remove(Node node, Problems problems) {
    Node supported =
        node instanceof Node.Mapping mapping
            ? mapping.without(entry -> isReported(entry, problems))
            : node;
    return supported.mapChildren(child -> remove(child, problems));
  }

  private static boolean isReported(Node node, Problems problems) {
    Optional<Unsupported> match = TABLE.stream().filter(entry -> entry.covers(node)).findFirst();
    match.ifPresent(entry -> problems.error(node.place(), entry.message()));
    return match.isPresent();
  }

  private boolean covers(Node node) {
    String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
    return node.place().pattern().equals(setting) && texts.matcher(text).matches();
  }
}
