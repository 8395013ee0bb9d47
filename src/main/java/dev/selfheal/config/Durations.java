package dev.selfheal.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in Prometheus' form: {@code 1d12h}, {@code 1m30s}, {@code 250ms}, {@code 0}. */
public final class Durations {
  private static final ChronoUnit[] UNITS = {
    ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS
  };
  private static final String[] SYMBOLS = {"d", "h", "m", "s", "ms"};

  /** Each unit at most once, the largest first; so many digits that no sum overflows. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Durations() {}

  /** The duration; empty when the text is not one. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (int i = 0; i < UNITS.length; i++) {
      String amount = form.group(i + 1);
      sum = amount == null ? sum : sum.plus(Long.parseLong(amount), UNITS[i]);
    }
    return Optional.of(sum);
  }

  /** The shortest text that {@link #parse} reads as this duration, to the millisecond. */
  static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    Duration rest = duration;
    for (int i = 0; i < UNITS.length; i++) {
      long amount = rest.dividedBy(UNITS[i].getDuration());
      if (amount > 0) {
        text.append(amount).append(SYMBOLS[i]);
        rest = rest.minus(UNITS[i].getDuration().multipliedBy(amount));
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
