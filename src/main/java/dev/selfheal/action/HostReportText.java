package dev.selfheal.action;

import dev.selfheal.action.HostReport.Seen;
import dev.selfheal.action.HostReport.Unreadable;
import dev.selfheal.child.Plain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections of one report, as text. */
final class HostReportText {
  private static final Pattern HEAD = Pattern.compile("selfheal-host-agent ([0-9]{1,9})( .*)?");
  private static final Pattern SECTION = Pattern.compile("\\[([a-z]{1,20})]");
  private static final String END = "end";
  private static final String UNAVAILABLE = "unavailable ";

  private static final int MOST_UNIT_LINES = 60;
  private static final int MOST_PAGE_LINES = 1 << 18; // 256 KiB of empty lines
  private static final int LONGEST = 301; // with the bar in front

  private final Map<String, List<String>> sections = new HashMap<>();
  private String current = "";

  private HostReportText() {}

  static HostReport read(String text) {
    List<String> lines = wholeLines(text);
    for (int i = 0; i < lines.size(); i++) {
      Matcher head = HEAD.matcher(lines.get(i));
      if (head.matches()) {
        return Integer.parseInt(head.group(1)) == HostReport.VERSION
            ? divided(lines.subList(i + 1, lines.size())).seen()
            : new Unreadable(otherVersion(head.group(1)));
      }
    }
    return new Unreadable(
        "the host agent sent no report; check the key's command= in authorized_keys. It sent: "
            + (text.isBlank() ? "nothing" : Plain.line(text, LONGEST)));
  }

  private static String otherVersion(String version) {
    return "the host agent's report has version %s and this receiver reads version %d; install the same version of ollama-selfheal on both"
        .formatted(version, HostReport.VERSION);
  }

  /** A last line without an end is left out, as half a number is another number. */
  private static List<String> wholeLines(String text) {
    int end = text.lastIndexOf('\n') + 1;
    boolean ended = text.startsWith("[" + END + "]", end);
    return (ended ? text : text.substring(0, end)).lines().toList();
  }

  private static HostReportText divided(List<String> lines) {
    HostReportText report = new HostReportText();
    for (String line : lines) {
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        report.current = section.group(1);
        report.sections.putIfAbsent(report.current, new ArrayList<>());
        if (report.current.equals(END)) {
          break;
        }
      } else {
        report.sections.getOrDefault(report.current, new ArrayList<>()).add(line);
      }
    }
    return report;
  }

  private Seen seen() {
    return new Seen(
        isWhole("clock") ? HostClock.parse(section("clock")).orElse(null) : null,
        unit("unit"),
        rows("processes", HostReport.MOST_PROCESSES, ProcessRow::parse),
        rows("sockets", HostReport.MOST_SOCKETS, SocketRow::parse),
        page(),
        unit("exporter"),
        plain("gpu", HostReport.MOST_GPU_LINES).toList(),
        plain("journal", HostReport.MOST_JOURNAL_LINES).toList(),
        current.equals(END));
  }

  /** Half of the properties could say that there is no main process. */
  private String unit(String name) {
    if (!isWhole(name)) {
      return "";
    }
    boolean failed = section(name).stream().anyMatch(line -> line.startsWith(UNAVAILABLE));
    return plain(name, MOST_UNIT_LINES)
        .filter(line -> !failed || line.indexOf('=') < 0)
        .collect(Collectors.joining("\n"));
  }

  private HostPage page() {
    if (!isWhole("page")) {
      return new HostPage.Missing("the report was cut off before the page's end");
    }
    Optional<String> why =
        section("page").stream().filter(line -> line.startsWith(UNAVAILABLE)).findFirst();
    if (why.isPresent()) {
      return new HostPage.Missing(Plain.line(why.get().substring(UNAVAILABLE.length()), LONGEST));
    }
    return new HostPage.Text(
        section("page").stream()
            .filter(line -> line.startsWith("|"))
            .limit(MOST_PAGE_LINES)
            .map(line -> line.substring(1) + "\n")
            .collect(Collectors.joining()));
  }

  private <T> List<T> rows(String name, int most, Function<String, Optional<T>> reader) {
    return section(name).stream().map(reader).flatMap(Optional::stream).limit(most).toList();
  }

  private Stream<String> plain(String name, int most) {
    return section(name).stream().limit(most).map(line -> Plain.line(line, LONGEST));
  }

  private boolean isWhole(String name) {
    return sections.containsKey(name) && !current.equals(name);
  }

  private List<String> section(String name) {
    return sections.getOrDefault(name, List.of());
  }
}
