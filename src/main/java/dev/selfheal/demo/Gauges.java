package dev.selfheal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics in Prometheus' text format, as the exporter writes and the receiver serves it.
 */
record Gauges(String text) {
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  /**
   * The page in a file.
   *
   * @throws IOException if there is none yet
   */
  static Gauges in(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("the exporter has not written " + file.getFileName() + " yet");
    }
    return new Gauges(Files.readString(file));
  }

  /** The first series of this name; empty if there is none. */
  OptionalDouble value(String name) {
    return value(name, "", "");
  }

  /** The first series of this name whose label has this value; empty if there is none. */
  OptionalDouble value(String name, String label, String value) {
    return text.lines()
        .filter(line -> isOf(line, name))
        .filter(line -> label.isEmpty() || value.equals(label(line, label).orElse(null)))
        .mapToDouble(line -> number(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst();
  }

  /** The value of a label of that series of this name which is 1; empty if none is. */
  Optional<String> chosen(String name, String label) {
    return text.lines()
        .filter(line -> isOf(line, name) && number(line.substring(line.lastIndexOf(' ') + 1)) == 1)
        .findFirst()
        .flatMap(line -> label(line, label));
  }

  private static boolean isOf(String line, String name) {
    return line.startsWith(name)
        && line.length() > name.length()
        && (line.charAt(name.length()) == '{' || line.charAt(name.length()) == ' ');
  }

  private static Optional<String> label(String line, String name) {
    Matcher labels = LABEL.matcher(line);
    while (labels.find()) {
      if (labels.group(1).equals(name)) {
        return Optional.of(labels.group(2));
      }
    }
    return Optional.empty();
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
