package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last minutes of a host: what happened, what was seen, what was made of it. */
final class Story {
  private static final int SEEN = 90;

  private record Seen(long at, RawSample raw, Verdict verdict) {}

  private final Host host;
  private final Deque<Seen> seen = new ArrayDeque<>();

  Story(Host host) {
    this.host = host;
  }

  void add(long at, RawSample raw, Verdict verdict) {
    seen.addLast(new Seen(at, raw, verdict));
    if (seen.size() > SEEN) {
      seen.removeFirst();
    }
  }

  /** All of it as text. */
  String tell() {
    StringBuilder out = new StringBuilder().append(host.kind).append("\nevents:\n");
    host.events.forEach(event -> out.append("  ").append(event).append('\n'));
    out.append("samples:\n");
    seen.forEach(each -> tell(each, out));
    return out.toString();
  }

  private static void tell(Seen each, StringBuilder out) {
    out.append("  ").append(each.at() / 1000.0).append(" s ").append(each.raw().wall());
    out.append(' ').append(each.verdict().condition());
    out.append(each.verdict().loading() ? " loading" : "");
    out.append(" suspects ").append(each.verdict().suspects()).append('\n');
    RawSample raw = each.raw();
    if (raw.processes() != null) {
      raw.processes().forEach(p -> out.append("      ").append(essence(p.stat())).append('\n'));
    }
    if (raw.sockets() != null) {
      raw.sockets().lines().forEach(l -> out.append("      ").append(row(l)).append('\n'));
    }
    out.append("      ps ").append(raw.ps().code()).append(' ');
    out.append(raw.ps().text().replaceAll("\"(model|digest|details)\":[^,]*,", "")).append('\n');
    if (raw.gpu() != null) {
      out.append("      gpu ").append(raw.gpu().list().strip()).append(" | ");
      out.append(raw.gpu().pmon().replaceAll("(?m)^#.*\\n", "").replaceAll("\\s+", " "));
      out.append('\n');
    }
    if (raw.log() != null) {
      raw.log().forEach(line -> out.append("      log ").append(line).append('\n'));
    }
  }

  private static String essence(String stat) {
    String[] field = stat.split(" ", -1);
    return "%s %s %s cpu %s rss %s".formatted(field[0], field[1], field[2], field[13], field[23]);
  }

  private static String row(String line) {
    return line.replaceAll(" bbr.* cwnd:18", "")
        .replaceAll(" segs_out.*(lastsnd)", " $1")
        .replaceAll(" segs_out.*", "")
        .replaceAll(" delivered.*", "")
        .replaceAll(" bytes_acked:\\d+", "");
  }
}
