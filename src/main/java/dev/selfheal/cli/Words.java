package dev.selfheal.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Words numbers and times for people.
 *
 * @param now the receiver's time; without it times are told as they are
 */
record Words(Optional<Instant> now) {
  private static final ChronoUnit[] UNITS = {
    ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS
  };
  private static final String SYMBOLS = "dhms";

  /** "1 target", "2 targets". */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The two largest units of a duration that is not negative: "2d4h", "3m20s", "0s". */
  static String span(Duration duration) {
    StringBuilder text = new StringBuilder();
    Duration rest = duration;
    for (int i = 0; i < UNITS.length; i++) {
      long amount = rest.dividedBy(UNITS[i].getDuration());
      rest = rest.minus(UNITS[i].getDuration().multipliedBy(amount));
      boolean second = !text.isEmpty();
      if (amount > 0) {
        text.append(amount).append(SYMBOLS.charAt(i));
      }
      if (second) {
        break;
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** "12s", from one RFC 3339 time to another; empty if one is absent or they are reversed. */
  static String between(String from, String to) {
    return parse(from)
        .flatMap(start -> parse(to).map(end -> Duration.between(start, end)))
        .filter(duration -> !duration.isNegative())
        .map(Words::span)
        .orElse("");
  }

  /** An RFC 3339 time as seen from now: "3m20s ago", "in 42s"; empty for an absent one. */
  String when(String time) {
    return parse(time)
        .flatMap(at -> now.map(present -> relative(Duration.between(present, at))))
        .orElseGet(() -> Harmless.text(time));
  }

  private static String relative(Duration ahead) {
    return ahead.isNegative() || ahead.isZero()
        ? span(ahead.negated()) + " ago"
        : "in " + span(roundedUp(ahead));
  }

  /** What ends in 0.3 s has not ended, so it ends "in 1s". */
  private static Duration roundedUp(Duration duration) {
    return duration.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> parse(String time) {
    try {
      return Optional.of(Instant.parse(time));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
