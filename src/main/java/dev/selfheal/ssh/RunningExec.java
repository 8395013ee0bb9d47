package dev.selfheal.ssh;

import com.jcraft.jsch.ChannelExec;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** A command that runs on another host, and its channel. */
final class RunningExec {
  /** How often the channel is looked at: it tells nobody when it closes. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * How long after a command's exit its output may be silent until it counts as ended: what it left
   * running may hold the channel open for ever.
   */
  private static final Duration AFTER_EXIT = Duration.ofSeconds(1);

  /** By their names in RFC 4254, and their numbers on Linux. */
  private static final Map<String, Integer> SIGNALS =
      Map.ofEntries(
          Map.entry("HUP", 1),
          Map.entry("INT", 2),
          Map.entry("QUIT", 3),
          Map.entry("ILL", 4),
          Map.entry("ABRT", 6),
          Map.entry("KILL", 9),
          Map.entry("USR1", 10),
          Map.entry("SEGV", 11),
          Map.entry("USR2", 12),
          Map.entry("FPE", 8),
          Map.entry("PIPE", 13),
          Map.entry("ALRM", 14),
          Map.entry("TERM", 15));

  private static final int BY_SIGNAL = 128;
  private static final int NONE = -1;

  private final ChannelExec channel;
  private final CommandOutput output;
  private final LongSupplier nanoTime;
  private final String host;
  private boolean exited;
  private long exitedAt;

  RunningExec(ChannelExec channel, CommandOutput output, LongSupplier nanoTime, String host) {
    this.channel = channel;
    this.output = output;
    this.nanoTime = nanoTime;
    this.host = host;
  }

  /**
   * Waits for its end, and lets go of it in any case.
   *
   * @param began when it was ordered
   */
  SshResult await(long began, SshLimits limits) throws InterruptedException {
    try {
      while (!hasEnded()) {
        Duration left = left(began, limits);
        if (left.isNegative() || left.isZero()) {
          return new SshResult.TimedOut(output.text());
        }
        output.awaitNews(left.compareTo(LOOK) < 0 ? left : LOOK);
      }
      return result();
    } finally {
      channel.disconnect();
    }
  }

  private Duration left(long began, SshLimits limits) {
    Duration total = limits.total().minusNanos(nanoTime.getAsLong() - began);
    Duration silence = limits.silence().minus(output.silence());
    return total.compareTo(silence) < 0 ? total : silence;
  }

  private boolean hasEnded() {
    return channel.isClosed() || hasLongExited();
  }

  /** Its last output may come after its status, so the time counts from there. */
  private boolean hasLongExited() {
    if (channel.getExitStatus() == NONE) {
      return false;
    }
    if (!exited) {
      exited = true;
      exitedAt = nanoTime.getAsLong();
    }
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - exitedAt);
    return since.compareTo(AFTER_EXIT) > 0 && output.silence().compareTo(AFTER_EXIT) > 0;
  }

  private SshResult result() {
    String signal = channel.getExitSignal();
    if (channel.getExitStatus() != NONE) {
      return new SshResult.Exited(channel.getExitStatus(), output.text());
    }
    if (signal != null && !signal.isEmpty()) {
      return new SshResult.Exited(BY_SIGNAL + SIGNALS.getOrDefault(signal, 0), output.text());
    }
    return new SshResult.Cut(
        output.text(), "the connection to " + host + " was lost before the command's exit status");
  }
}
