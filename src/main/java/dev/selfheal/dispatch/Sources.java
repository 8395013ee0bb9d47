package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.remedy.Pair.Source;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells who sent a notification, and what a direct sender promises. */
final class Sources {

  /** The receiver's name in a notification that an exporter sends by itself. */
  static final String DIRECT_RECEIVER = "selfheal-exporter";

  /** The annotation by which a direct sender promises to repeat itself. */
  static final String REPEAT = Payload.REPEAT_ANNOTATION;

  private static final Duration USUAL_REPEAT = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Pattern TIME = Pattern.compile("(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");

  private Sources() {}

  static Source of(Payload payload) {
    return payload.receiver().equals(DIRECT_RECEIVER) ? Source.DIRECT : Source.ALERTMANAGER;
  }

  /** How often the sender promises to repeat the alert; null if it promises nothing. */
  static @Nullable Duration repeat(Alert alert, Source source) {
    if (source != Source.DIRECT) {
      return null;
    }
    Matcher time = TIME.matcher(alert.annotations().getOrDefault(REPEAT, ""));
    Duration promised = time.matches() ? duration(time) : Duration.ZERO;
    boolean usable = promised.compareTo(SHORTEST) >= 0 && promised.compareTo(LONGEST) <= 0;
    return usable ? promised : USUAL_REPEAT;
  }

  private static Duration duration(Matcher time) {
    String minutes = time.group(1) == null ? "0" : time.group(1);
    String seconds = time.group(2) == null ? "0" : time.group(2);
    return Duration.ofMinutes(Long.parseLong(minutes)).plusSeconds(Long.parseLong(seconds));
  }
}
