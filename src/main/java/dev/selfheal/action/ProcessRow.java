package dev.selfheal.action;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process of a host's Ollama.
 *
 * @param state the letter of /proc/PID/stat: {@code R}, {@code S}, {@code D}, {@code T}, {@code Z}
 * @param cpuTicks user and system time since its start, in the host's clock ticks
 * @param startTicks when it was started, in ticks since the boot; with the id it names a process
 * @param residentKibibytes its memory
 * @param portOrNull of its command line; null if it names none
 */
public record ProcessRow(
    long pid,
    long parent,
    char state,
    long cpuTicks,
    long startTicks,
    long residentKibibytes,
    @Nullable Integer portOrNull,
    Role role) {

  private static final Pattern ROW =
      Pattern.compile(
          "([1-9][0-9]{0,9}) ([0-9]{1,10}) ([A-Za-z]) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})"
              + " (-|[1-9][0-9]{0,4}) (serve|runner|other)");

  /** What a process is to the server. */
  public enum Role {
    /** The server itself. */
    SERVE,
    /** A child of it that holds a model. */
    RUNNER,
    /** Another descendant. */
    OTHER
  }

  /** Reads a row of the section {@code processes}; empty if it is none. */
  static Optional<ProcessRow> parse(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return Optional.empty();
    }
    String port = row.group(7);
    return Optional.of(
        new ProcessRow(
            Long.parseLong(row.group(1)),
            Long.parseLong(row.group(2)),
            row.group(3).charAt(0),
            Long.parseLong(row.group(4)),
            Long.parseLong(row.group(5)),
            Long.parseLong(row.group(6)),
            port.equals("-") ? null : Integer.valueOf(port),
            Role.valueOf(row.group(8).toUpperCase(Locale.ROOT))));
  }
}
