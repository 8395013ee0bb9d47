package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import java.util.Optional;

/** Reads the line of {@code /proc/PID/stat}, as proc(5) describes it. */
public final class ProcStat {
  /** USER_HZ, which is 100 on every architecture that Linux still builds for but alpha. */
  private static final long TICKS_PER_SECOND = 100;

  /** Where the fields stand after the name's closing bracket; proc(5) counts from 1. */
  private static final int STATE = 0;

  private static final int PARENT = 4 - 3;
  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;
  private static final int START = 22 - 3;
  private static final int RESIDENT = 24 - 3;

  private ProcStat() {}

  /**
   * Reads one line.
   *
   * @return absent if it is not such a line
   */
  public static Optional<ProcessStat> parse(String line) {
    // The name may hold anything, also spaces and brackets; no field after it does.
    int open = line.indexOf(" (");
    int close = line.lastIndexOf(") ");
    if (open < 0 || close <= open) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 2).strip().split(" ", RESIDENT + 2);
    try {
      return fields.length <= RESIDENT || fields[STATE].length() != 1
          ? Optional.empty()
          : Optional.of(stat(Numbers.natural(line.substring(0, open)), fields));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static ProcessStat stat(long pid, String[] fields) {
    return new ProcessStat(
        pid,
        Numbers.natural(fields[PARENT]),
        ProcessState.of(fields[STATE].charAt(0)),
        duration(
            Math.addExact(
                Numbers.natural(fields[USER_TIME]), Numbers.natural(fields[SYSTEM_TIME]))),
        Numbers.natural(fields[START]),
        Numbers.natural(fields[RESIDENT]));
  }

  private static Duration duration(long ticks) {
    return Duration.ofSeconds(
        ticks / TICKS_PER_SECOND,
        ticks % TICKS_PER_SECOND * (Duration.ofSeconds(1).toNanos() / TICKS_PER_SECOND));
  }
}
