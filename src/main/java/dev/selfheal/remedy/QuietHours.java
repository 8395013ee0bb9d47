package dev.selfheal.remedy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The hours of a week in which a target is left alone. */
public record QuietHours(List<QuietWindow> windows) {

  /** There are none. */
  public static final QuietHours NONE = new QuietHours(List.of());

  /** Windows that follow each other for longer than this are looked at again then. */
  private static final Duration HORIZON = Duration.ofDays(15);

  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  public QuietHours {
    windows = List.copyOf(windows);
  }

  /**
   * When the quiet hours of now end, also where one window leads into the next; empty if it is none
   * now, {@link Decision#NO_END} if the whole week is quiet.
   */
  public Optional<Instant> until(Instant now) {
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    if (coverTheWeek()) {
      return Optional.of(Decision.NO_END);
    }
    Instant end = now;
    Instant next = further(end);
    while (next.isAfter(end) && Duration.between(now, end).compareTo(HORIZON) < 0) {
      end = next;
      next = further(end);
    }
    return Optional.of(end).filter(now::isBefore);
  }

  /** The latest end of the windows that are open then; the same instant if none is. */
  private Instant further(Instant at) {
    Instant latest = at;
    for (QuietWindow window : windows) {
      // A window lasts a day at most, so it may have been opened yesterday.
      LocalDate today = at.atZone(window.zone()).toLocalDate();
      for (LocalDate day : List.of(today.minusDays(1), today)) {
        if (window.opensOn(day) && !window.begin(day).isAfter(at)) {
          Instant end = window.end(day);
          latest = end.isAfter(latest) ? end : latest;
        }
      }
    }
    return latest;
  }

  /**
   * Whether no hour of any week is left: the target is never restarted by itself. One zone may be
   * written in several ways, such as {@code UTC} and {@code Etc/UTC}.
   */
  public boolean coverTheWeek() {
    Map<ZoneRules, List<QuietWindow>> byZone =
        windows.stream().collect(Collectors.groupingBy(window -> window.zone().getRules()));
    return byZone.values().stream().anyMatch(QuietHours::coverTheWeek);
  }

  private static boolean coverTheWeek(List<QuietWindow> ofOneZone) {
    BitSet minutes = new BitSet(WEEK);
    for (QuietWindow window : ofOneZone) {
      for (DayOfWeek day : window.days()) {
        int begin = (day.getValue() - 1) * DAY + window.fromMinute();
        for (int i = 0; i < window.minutes(); i++) {
          minutes.set((begin + i) % WEEK);
        }
      }
    }
    return minutes.cardinality() == WEEK;
  }

  /** The windows as they can be written in the configuration. */
  @Override
  public String toString() {
    return windows.stream().map(Objects::toString).collect(Collectors.joining(", "));
  }
}
