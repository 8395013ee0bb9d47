package dev.selfheal.config;

import dev.selfheal.remedy.QuietHours;
import dev.selfheal.remedy.QuietWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code not_during}: a list of {@code Mon-Fri 09:00-17:30 Europe/Berlin}. */
final class QuietHoursReader {
  private static final String RULE =
      "[DAYS] HH:MM-HH:MM [ZONE] such as 22:00-06:00 or Mon-Fri 09:00-17:30 Europe/Berlin";
  private static final Pattern FORM =
      Pattern.compile("(?:(\\S+) +)?(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)(?: +(\\S+))?");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private static final Reader<List<QuietWindow>> WINDOWS =
      Reader.listOf(Scalars.parsed(RULE, QuietHoursReader::window));

  private QuietHoursReader() {}

  /** An empty list is none. */
  static @Nullable QuietHours read(Node node, Problems problems) {
    List<QuietWindow> windows = WINDOWS.read(node, problems);
    return windows == null ? null : new QuietHours(windows);
  }

  private static Parsed<QuietWindow> window(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Parsed.wrong("must be " + RULE);
    }
    int from = minute(form, 2);
    int to = minute(form, 4);
    if (from < 0 || to < 0 || from == DAY) {
      return Parsed.wrong("the times must be 00:00 to 23:59, or 24:00 as the end");
    }
    if (from == to) {
      return Parsed.wrong("begins when it ends; a whole day is 00:00-24:00");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    String complaint = form.group(1) == null ? addAll(days) : addDays(form.group(1), days);
    return complaint.isEmpty()
        ? zoned(form.group(6), days, from, to == 0 ? DAY : to)
        : Parsed.wrong(complaint);
  }

  /** Of its day; -1 if there is no such time. */
  private static int minute(Matcher form, int group) {
    int hour = Integer.parseInt(form.group(group));
    int minute = Integer.parseInt(form.group(group + 1));
    int sum = hour * HOUR + minute;
    return minute < HOUR && sum <= DAY ? sum : -1;
  }

  private static String addAll(Set<DayOfWeek> days) {
    days.addAll(List.of(DayOfWeek.values()));
    return "";
  }

  private static String addDays(String text, Set<DayOfWeek> days) {
    for (String part : text.split(",", -1)) {
      List<Integer> ends = new ArrayList<>();
      for (String name : part.split("-", -1)) {
        ends.add(DAYS.indexOf(name.toLowerCase(Locale.ROOT)));
      }
      if (ends.contains(-1) || ends.size() > 2) {
        return Quoted.of(part)
            + " is no day; the days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, or a range such as"
            + " Mon-Fri";
      }
      DayOfWeek last = DayOfWeek.of(ends.get(ends.size() - 1) + 1);
      DayOfWeek day = DayOfWeek.of(ends.get(0) + 1);
      days.add(day);
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return "";
  }

  private static Parsed<QuietWindow> zoned(
      @Nullable String zone, Set<DayOfWeek> days, int from, int to) {
    try {
      ZoneId place = zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
      return Parsed.of(new QuietWindow(days, from, to, place));
    } catch (DateTimeException e) {
      return Parsed.wrong(
          Quoted.of(String.valueOf(zone)) + " is no time zone; one is Europe/Berlin, another UTC");
    }
  }
}
