package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Reading;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log of a unit through one {@code journalctl} that stays, because starting one each
 * round would cost more than all other probes. Of a line, what it means is kept and nothing of its
 * text: prompts may be in it. Safe for many threads.
 */
public final class JournalProbe implements AutoCloseable {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 6;

  private final List<String> argv;
  private final Executor reader;
  private final Clock clock;
  private final LogTray tray;

  private @Nullable JournalChild child;
  private Instant since = Instant.EPOCH; // the child's start, or the end of the last one
  private int failures;
  private Supplier<String> trouble = () -> "";
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param argv the command, from {@link #follow}
   * @param reader runs one long task: gives it a thread of its own
   * @param clock paces new starts
   * @param tape is given the lines that count
   */
  public JournalProbe(List<String> argv, Executor reader, Clock clock, Tape tape) {
    this.argv = List.copyOf(argv);
    this.tray = new LogTray(tape);
    this.reader = reader;
    this.clock = clock;
  }

  /** The command that shows what a unit logs from now on. */
  public static List<String> follow(String unit) {
    return List.of(
        "journalctl",
        "--output=json",
        "--output-fields=MESSAGE",
        "--lines=0",
        "--follow",
        "--unit=" + unit);
  }

  /**
   * What the log said since the last call; returns at once. The first call starts journalctl, so it
   * knows nothing yet. When journalctl ends it is started again, after 1 s at first and 60 s at
   * last.
   */
  public synchronized Reading<LogEvents> read() {
    if (closed) {
      return new Reading.Unknown<>("the log is not followed any more");
    }
    boolean readable = isReadable();
    LogEvents found = tray.empty();
    return readable || found.lines() > 0 ? new Reading.Known<>(found) : unknown();
  }

  /** Right after the first start there is nothing to complain of. */
  private Reading<LogEvents> unknown() {
    String why = trouble.get();
    return why.isEmpty()
        ? new Reading.Unknown<>("journalctl was started just now", /* early= */ true)
        : new Reading.Unknown<>(why);
  }

  /** Kills journalctl. */
  @Override
  public synchronized void close() {
    closed = true;
    if (child != null) {
      child.close();
    }
  }

  /** Whether journalctl ran since the last call and may read. Starts it if it is time. */
  private boolean isReadable() {
    JournalChild now = child;
    if (now == null) {
      startIfDue();
      return false;
    }
    if (!now.isAlive()) {
      ended(now);
      return false;
    }
    if (now.isRefused()) {
      trouble = () -> refusal(now);
    }
    return !now.isRefused();
  }

  private void startIfDue() {
    Instant now = clock.instant();
    Duration waited = Duration.between(since, now);
    // A clock that was set back must not keep it waiting.
    if (!waited.isNegative() && waited.compareTo(pause()) < 0) {
      return;
    }
    since = now;
    try {
      child = JournalChild.start(argv, tray, reader);
    } catch (IOException e) {
      failures++;
      String why = ToolText.line(String.valueOf(e.getMessage()));
      trouble = () -> "the log cannot be followed; is systemd's journalctl installed? " + why;
    } catch (RejectedExecutionException e) {
      failures++;
      trouble = () -> "the log is not followed: there is no thread to read it";
    }
  }

  private void ended(JournalChild gone) {
    Instant now = clock.instant();
    boolean ranLong = Duration.between(since, now).compareTo(LONGEST_WAIT) >= 0;
    failures = ranLong ? 1 : failures + 1;
    long wait = pause().toSeconds();
    // Asked for when it is told: the reader may still be taking in why it ended.
    trouble = () -> gone.isRefused() ? refusal(gone) : epitaph(gone, wait);
    gone.close();
    child = null;
    since = now;
  }

  private static String refusal(JournalChild child) {
    return "the journal cannot be read: add the exporter's user to group systemd-journal and restart"
        + " the exporter (%s)".formatted(ToolText.line(child.notice()));
  }

  private static String epitaph(JournalChild child, long wait) {
    return "journalctl ended with status %d and is started again after %d s: %s"
        .formatted(child.status(), wait, ToolText.line(child.notice()));
  }

  private Duration pause() {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
  }
}
