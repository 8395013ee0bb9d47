package dev.selfheal.remedy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A stretch of some days of the week, by the wall clock of a place.
 *
 * @param days those on which it begins; at least one
 * @param fromMinute of its day, 0 to 1439
 * @param toMinute of its day, 1 to 1440; not later than {@code fromMinute} for one of the next day
 */
public record QuietWindow(Set<DayOfWeek> days, int fromMinute, int toMinute, ZoneId zone) {

  private static final int DAY = 24 * 60;

  public QuietWindow {
    days = Set.copyOf(days);
    boolean whole = fromMinute >= 0 && fromMinute < DAY && toMinute > 0 && toMinute <= DAY;
    if (days.isEmpty() || !whole || fromMinute == toMinute) {
      throw new IllegalArgumentException("no window: " + days + " " + fromMinute + " " + toMinute);
    }
  }

  /** How long it lasts by the wall clock, 1 to 1440. */
  int minutes() {
    return toMinute > fromMinute ? toMinute - fromMinute : toMinute + DAY - fromMinute;
  }

  boolean opensOn(LocalDate day) {
    return days.contains(day.getDayOfWeek());
  }

  /** When it begins on a day: of an hour that the clock shows twice, the first. */
  Instant begin(LocalDate day) {
    LocalDateTime shown = day.atStartOfDay().plusMinutes(fromMinute);
    return at(shown, first(zone.getRules().getValidOffsets(shown)));
  }

  /** When it ends that began on a day: of an hour that the clock shows twice, the second. */
  Instant end(LocalDate day) {
    LocalDateTime shown = day.atStartOfDay().plusMinutes(fromMinute + minutes());
    return at(shown, last(zone.getRules().getValidOffsets(shown)));
  }

  /** A time that the clock skips is the moment at which it does. */
  private Instant at(LocalDateTime shown, ZoneOffset offset) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(shown);
    return change != null && change.isGap() ? change.getInstant() : shown.toInstant(offset);
  }

  private static ZoneOffset first(List<ZoneOffset> offsets) {
    return offsets.isEmpty() ? ZoneOffset.UTC : offsets.get(0);
  }

  private static ZoneOffset last(List<ZoneOffset> offsets) {
    return offsets.isEmpty() ? ZoneOffset.UTC : offsets.get(offsets.size() - 1);
  }

  /** As it can be written in the configuration: {@code Mon,Tue 22:00-06:00 Europe/Berlin}. */
  @Override
  public String toString() {
    String some =
        new TreeSet<>(days)
            .stream()
                .map(
                    day ->
                        day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    return "%s%s-%s %s"
        .formatted(days.size() == 7 ? "" : some + " ", time(fromMinute), time(toMinute), zone);
  }

  private static String time(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }
}
