package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class QuietHoursProperties {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MINUTES = 2 * 366 * 24 * 60;

  /** Sydney's clock changes in the other season, Lord Howe's by half an hour, Kathmandu's never. */
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kathmandu");

  @Property
  void holdAtEachMomentThatTheirClockShowsAndUntilNoneDoes(
      @ForAll("windows") List<QuietWindow> windows, @ForAll @LongRange(max = MINUTES) long minute) {
    QuietHours hours = new QuietHours(windows);
    Instant now = BEGIN.plus(Duration.ofMinutes(minute));
    Optional<Instant> until = hours.until(now);
    if (windows.stream().anyMatch(window -> shows(window, now))) {
      assertThat(until).hasValueSatisfying(end -> assertThat(end).isAfter(now));
    }
    until
        .filter(end -> !end.equals(Decision.NO_END))
        .filter(end -> end.isBefore(now.plus(Duration.ofDays(15))))
        .ifPresent(
            end -> {
              assertThat(windows).noneMatch(window -> shows(window, end));
              assertThat(hours.until(end)).isEmpty();
              assertThat(hours.until(end.minusMillis(1))).contains(end);
            });
  }

  @Property
  void neverEndExactlyIfOneClockShowsNoOtherHour(@ForAll("windows") List<QuietWindow> windows) {
    QuietHours hours = new QuietHours(windows);
    boolean always = true;
    for (int quarter = 0; quarter < 7 * 24 * 4 && always; quarter++) {
      Instant now = BEGIN.plus(Duration.ofMinutes(15L * quarter));
      always = windows.stream().anyMatch(window -> shows(window, now));
    }
    if (!always) {
      assertThat(hours.coverTheWeek()).isFalse();
    }
  }

  /** By the wall clock alone, another way than the one that is tested. */
  private static boolean shows(QuietWindow window, Instant now) {
    ZonedDateTime clock = now.atZone(window.zone());
    LocalTime time = clock.toLocalTime();
    int minute = time.getHour() * 60 + time.getMinute();
    DayOfWeek day = clock.getDayOfWeek();
    boolean spans = window.toMinute() <= window.fromMinute();
    boolean sinceToday =
        window.days().contains(day)
            && minute >= window.fromMinute()
            && (spans || minute < window.toMinute());
    boolean sinceYesterday =
        spans && window.days().contains(day.minus(1)) && minute < window.toMinute();
    return sinceToday || sinceYesterday;
  }

  @Provide
  Arbitrary<List<QuietWindow>> windows() {
    Arbitrary<Set<DayOfWeek>> days = Arbitraries.of(DayOfWeek.class).set().ofMinSize(1);
    Arbitrary<Integer> from = Arbitraries.integers().between(0, 95).map(quarter -> quarter * 15);
    Arbitrary<Integer> to = Arbitraries.integers().between(1, 96).map(quarter -> quarter * 15);
    Arbitrary<ZoneId> zone = Arbitraries.of(ZONES).map(ZoneId::of);
    return Combinators.combine(days, from, to, zone)
        .filter((some, begin, end, place) -> !begin.equals(end))
        .as(QuietWindow::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
