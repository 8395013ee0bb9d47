package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** November 23, 2026 is a Monday. Berlin is an hour ahead of UTC then. */
class QuietHoursTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  @Test
  void holdFromTheirFirstMomentAndNotAtTheirLast() {
    QuietHours office = hours(window(WORKDAYS, "09:00", "17:30", UTC));
    assertNotQuiet(office, "2026-11-23T08:59:59.999Z");
    assertQuiet(office, "2026-11-23T09:00:00Z", "2026-11-23T17:30:00Z");
    assertQuiet(office, "2026-11-23T17:29:59.999Z", "2026-11-23T17:30:00Z");
    assertNotQuiet(office, "2026-11-23T17:30:00Z");
    assertNotQuiet(office, "2026-11-22T12:00:00Z");
  }

  @Test
  void thatSpanMidnightBelongToTheDayOnWhichTheyBegin() {
    QuietHours friday = hours(window(EnumSet.of(DayOfWeek.FRIDAY), "22:00", "06:00", UTC));
    assertQuiet(friday, "2026-11-27T22:00:00Z", "2026-11-28T06:00:00Z");
    assertQuiet(friday, "2026-11-28T05:00:00Z", "2026-11-28T06:00:00Z");
    assertNotQuiet(friday, "2026-11-27T05:00:00Z");
    assertNotQuiet(friday, "2026-11-28T22:00:00Z");
  }

  @Test
  void areThoseOfTheirOwnZone() {
    QuietHours berlin = hours(window(DAILY, "09:00", "10:00", BERLIN));
    assertQuiet(berlin, "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");
    assertNotQuiet(berlin, "2026-11-23T09:00:00Z");
    assertQuiet(berlin, "2026-07-01T07:30:00Z", "2026-07-01T08:00:00Z");
    QuietHours samoa = hours(window(DAILY, "00:30", "23:30", ZoneId.of("Pacific/Apia")));
    assertQuiet(samoa, "2026-11-23T10:00:00Z", "2026-11-23T10:30:00Z");
  }

  @Test
  void goOnWhereOneWindowLeadsIntoTheNext() {
    QuietHours chain =
        hours(
            window(WORKDAYS, "17:00", "24:00", UTC),
            window(DAILY, "00:00", "06:00", UTC),
            window(DAILY, "05:00", "07:00", UTC),
            window(DAILY, "08:00", "09:00", BERLIN));
    assertQuiet(chain, "2026-11-23T17:00:00Z", "2026-11-24T08:00:00Z");
    assertNotQuiet(chain, "2026-11-24T08:00:00Z");
    assertNotQuiet(chain, "2026-11-28T23:00:00Z");
  }

  @Test
  void lastThroughAWholeWeekendAndLonger() {
    QuietHours weekend =
        hours(
            window(EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "00:00", "24:00", UTC),
            window(DAILY, "20:00", "07:00", UTC));
    assertQuiet(weekend, "2026-11-27T21:00:00Z", "2026-11-30T07:00:00Z");
  }

  @Test
  void thatCoverTheWeekNeverEnd() {
    QuietHours always =
        hours(window(DAILY, "06:00", "22:00", UTC), window(DAILY, "22:00", "06:00", UTC));
    assertThat(always.coverTheWeek()).isTrue();
    assertThat(always.until(Instant.parse("2026-11-23T00:00:00Z"))).contains(Decision.NO_END);
    QuietHours nearly =
        hours(window(DAILY, "06:00", "22:00", UTC), window(DAILY, "22:01", "06:00", UTC));
    assertThat(nearly.coverTheWeek()).isFalse();
    assertNotQuiet(nearly, "2026-11-23T22:00:30Z");
  }

  @Test
  void coverTheWeekAlsoWhereOneZoneIsWrittenInTwoWays() {
    for (String name : List.of("Etc/UTC", "GMT", "Z", "+00:00")) {
      ZoneId same = ZoneId.of(name);
      QuietHours always =
          hours(window(DAILY, "06:00", "22:00", UTC), window(DAILY, "22:00", "06:00", same));
      assertThat(always.coverTheWeek()).as(name).isTrue();
    }
    QuietHours two =
        hours(window(DAILY, "06:00", "22:00", UTC), window(DAILY, "22:00", "06:00", BERLIN));
    assertThat(two.coverTheWeek()).isFalse();
  }

  /** March 28, 2027: at 02:00 the clocks of Berlin show 03:00. */
  @Test
  void beginAndEndWithTheSkipWhereTheClockSkipsTheirTimes() {
    String skip = "2027-03-28T01:00:00Z";
    QuietHours begins = hours(window(DAILY, "02:30", "05:00", BERLIN));
    assertNotQuiet(begins, "2027-03-28T00:59:59Z");
    assertQuiet(begins, skip, "2027-03-28T03:00:00Z");
    QuietHours ends = hours(window(DAILY, "01:00", "02:30", BERLIN));
    assertQuiet(ends, "2027-03-28T00:30:00Z", skip);
    assertNotQuiet(ends, skip);
    QuietHours within = hours(window(DAILY, "02:10", "02:50", BERLIN));
    assertNotQuiet(within, "2027-03-28T00:59:59Z");
    assertNotQuiet(within, skip);
    QuietHours night = hours(window(DAILY, "22:00", "06:00", BERLIN));
    assertQuiet(night, "2027-03-27T21:00:00Z", "2027-03-28T04:00:00Z");
  }

  /** October 31, 2027: at 03:00 the clocks of Berlin show 02:00 again. */
  @Test
  void holdFromTheFirstToTheSecondOfAnHourThatTheClockShowsTwice() {
    QuietHours hour = hours(window(DAILY, "02:00", "02:30", BERLIN));
    assertNotQuiet(hour, "2027-10-30T23:59:59Z");
    assertQuiet(hour, "2027-10-31T00:00:00Z", "2027-10-31T01:30:00Z");
    assertQuiet(hour, "2027-10-31T00:45:00Z", "2027-10-31T01:30:00Z");
    assertNotQuiet(hour, "2027-10-31T01:30:00Z");
    QuietHours night = hours(window(DAILY, "22:00", "06:00", BERLIN));
    assertQuiet(night, "2027-10-30T20:00:00Z", "2027-10-31T05:00:00Z");
  }

  @Test
  void thatAreNoneHoldNothing() {
    assertNotQuiet(QuietHours.NONE, "2026-11-23T00:00:00Z");
    assertThat(QuietHours.NONE.coverTheWeek()).isFalse();
  }

  private static void assertQuiet(QuietHours hours, String at, String until) {
    assertThat(hours.until(Instant.parse(at))).contains(Instant.parse(until));
  }

  private static void assertNotQuiet(QuietHours hours, String at) {
    assertThat(hours.until(Instant.parse(at))).isEmpty();
  }

  private static QuietHours hours(QuietWindow... windows) {
    return new QuietHours(List.of(windows));
  }

  private static QuietWindow window(Set<DayOfWeek> days, String from, String to, ZoneId zone) {
    return new QuietWindow(days, minute(from), minute(to), zone);
  }

  private static int minute(String time) {
    List<Integer> parts = Stream.of(time.split(":", -1)).map(Integer::valueOf).toList();
    return parts.get(0) * 60 + parts.get(1);
  }
}
