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
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,9}(\\.\\d{1,9})?");
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
        return Reader.unexpected(noun, node, problems);
      }
      if (scalar.kind() == Kind.NOTHING || scalar.text().isBlank()) {
        problems.error(node.place(), "must not be empty");
        return null;
      }
      return scalar.kind() == Kind.TEXT
          ? parser.apply(scalar.text()).orReport(node, problems)
          : Reader.unexpected(noun + " (put it in quotes)", node, problems);
    };
  }

  static Reader<Integer> integer(int min, int max) {
    return (node, problems) -> {
      String digits = number(node, INTEGER);
      if (digits == null) {
        return Reader.unexpected("a whole number", node, problems);
      }
      int value = Integer.parseInt(digits);
      return value >= min && value <= max
          ? (Integer) value
          : Reader.unexpected("a number from " + min + " to " + max, node, problems);
    };
  }

  /** A number above 0 and at most 1. */
  static Reader<Double> share() {
    return (node, problems) -> {
      String digits = number(node, DECIMAL);
      double value = digits == null ? 0 : Double.parseDouble(digits);
      return value > 0 && value <= 1
          ? (Double) value
          : Reader.unexpected("a number above 0 and at most 1", node, problems);
    };
  }

  static Reader<Duration> duration(Duration min, Duration max) {
    return (node, problems) -> {
      Optional<Duration> parsed =
          node instanceof Scalar scalar ? Durations.parse(scalar.text()) : Optional.empty();
      if (parsed.isEmpty()) {
        return Reader.unexpected(A_DURATION, node, problems);
      }
      Duration value = parsed.get();
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        String range = "from " + Durations.format(min) + " to " + Durations.format(max);
        return Reader.unexpected("a duration " + range, node, problems);
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
