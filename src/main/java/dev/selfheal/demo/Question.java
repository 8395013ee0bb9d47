package dev.selfheal.demo;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request's JSON that the fake looks at. Found by pattern and not parsed: those
 * who ask are the tests and the demo.
 */
record Question(String json) {
  /** Ollama's own bound of a time without end. */
  private static final Duration FOR_EVER = Duration.ofDays(106_751);

  private static final Pattern TIME = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(ms|s|m|h)?");

  String model() {
    String name = text("model");
    return name.isEmpty() || name.contains(":") ? name : name + ":latest";
  }

  /** One without anything to answer only loads or unloads. */
  boolean isEmpty() {
    return text("prompt").isEmpty() && !isChat() && !json.contains("\"input\"");
  }

  boolean isChat() {
    return json.contains("\"messages\"");
  }

  boolean streams() {
    return !find("\"stream\"\\s*:\\s*(false)").equals("false");
  }

  /** How many tokens are asked for; 0 for as many as it takes. */
  int tokens() {
    String number = find("\"num_predict\"\\s*:\\s*(\\d{1,7})");
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  /** How long the model should stay; null for the usual time. */
  @Nullable Duration keepAlive() {
    Matcher time =
        TIME.matcher(find("\"keep_alive\"\\s*:\\s*\"?(-?\\d+(?:\\.\\d+)?(?:ms|s|m|h)?)"));
    if (!time.matches()) {
      return null;
    }
    double number = Double.parseDouble(time.group(1));
    String unit = time.group(2) == null ? "s" : time.group(2);
    long millis =
        switch (unit) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1000;
        };
    return number < 0 ? FOR_EVER : Duration.ofMillis((long) (number * millis));
  }

  private String text(String name) {
    return find("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
  }

  private String find(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(json);
    return found.find() ? found.group(1) : "";
  }
}
