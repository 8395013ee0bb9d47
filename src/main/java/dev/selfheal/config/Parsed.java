package dev.selfheal.config;

import org.jspecify.annotations.Nullable;

/** What came of parsing a text: a value, or the reason why there is none. */
record Parsed<T>(@Nullable T value, String complaint) {

  static <T> Parsed<T> of(T value) {
    return new Parsed<>(value, "");
  }

  static <T> Parsed<T> wrong(String complaint) {
    return new Parsed<>(null, complaint);
  }

  /** The value; null when there is none, and then {@code problems} hold the reason. */
  @Nullable T orReport(Node node, Problems problems) {
    if (value == null) {
      problems.error(node.place(), complaint);
    }
    return value;
  }
}
