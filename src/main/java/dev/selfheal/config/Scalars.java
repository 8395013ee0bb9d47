package dev.selfheal.config;

import dev.selfheal.config.Node.Scalar;
import dev.selfheal.config.Node.Scalar.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Readers of single values. */
final class Scalars {
  /** Without a leading zero, which is octal to some readers of YAML and decimal to others. */
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,8})");

  private static final Pattern DECIMAL = Pattern.compile("(?=.)(0|[1-9]\\d{0,8})?(\\.\\d{1,18})?");
  private static final String A_DURATION = "a duration such as 15s or 1m30s";

  private Scalars() {}

  /** Any text that is not blank. */
  static Reader<String> text() {
    return parsed("text", Parsed::of);
  }

  /** Text that matches the pattern from end to end. */
  static Reader<String> text(Pattern pattern, String rule) {
    return parsed(
        "text", text -> pattern.matcher(text).matches() ? Parsed.of(text) : Parsed.wrong(rule));
  }

  /** Text that {@code parser} understands; {@code noun} says what is expected here. */
  static <T> Reader<T> parsed(String noun, Function<String, Parsed<T>> parser) {
    return (node, problems) -> {
      if (!(node instanceof Scalar scalar)) {
        Reader.reportUnexpected(noun, node, problems);
        return null;
      }
      if (scalar.isNothing() || scalar.text().isBlank()) {
        problems.error(node.place(), "must not be empty");
        return null;
      }
      if (scalar.kind() != Kind.TEXT) {
        Reader.reportUnexpected(noun + " (put it in quotes)", node, problems);
        return null;
      }
      return parser.apply(scalar.text()).orReport(node, problems);
    };
  }

  static Reader<Integer> integer(int min, int max) {
    return (node, problems) -> {
      String digits = number(node, INTEGER);
      if (digits == null) {
        Reader.reportUnexpected("a whole number", node, problems);
        return null;
      }
      int value = Integer.parseInt(digits);
      if (value < min || value > max) {
        Reader.reportUnexpected("a number from " + min + " to " + max, node, problems);
        return null;
      }
      return value;
    };
  }

  /** Yes or no. */
  static Reader<Boolean> truth() {
    return (node, problems) -> {
      String text = node instanceof Scalar scalar ? scalar.text() : "";
      if (!text.equals("true") && !text.equals("false")) {
        Reader.reportUnexpected("true or false", node, problems);
        return null;
      }
      return text.equals("true");
    };
  }

  /** A number above 0 and at most 1. */
  static Reader<Double> share() {
    return (node, problems) -> {
      String digits = number(node, DECIMAL);
      double value = digits == null ? 0 : Double.parseDouble(digits);
      if (value <= 0 || value > 1) {
        Reader.reportUnexpected("a number above 0 and at most 1", node, problems);
        return null;
      }
      return value;
    };
  }

  static Reader<Duration> duration(Duration min, Duration max) {
    return (node, problems) -> {
      Optional<Duration> parsed =
          node instanceof Scalar scalar ? Durations.parse(scalar.text()) : Optional.empty();
      if (parsed.isEmpty()) {
        Reader.reportUnexpected(A_DURATION, node, problems);
        return null;
      }
      Duration value = parsed.get();
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        String range = "from " + Durations.format(min) + " to " + Durations.format(max);
        Reader.reportUnexpected("a duration " + range, node, problems);
        return null;
      }
      return value;
    };
  }

  /** The text of a number; an environment variable may hold one, though YAML takes it for text. */
  private static @Nullable String number(Node node, Pattern form) {
    return node instanceof Scalar scalar
            && (scalar.kind() == Kind.NUMBER || scalar.isExpanded())
            && form.matcher(scalar.text()).matches()
        ? scalar.text()
        : null;
  }
}
