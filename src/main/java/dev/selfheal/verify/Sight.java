package dev.selfheal.verify;

import dev.selfheal.action.HostReport;
import dev.selfheal.ssh.SshFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one visit to a host over SSH has shown.
 *
 * @param failureOrNull why there was no login; null if there was one
 * @param report what the host agent said; unreadable without one
 * @param right what it said when it was asked for the right to restart; empty if it was not
 * @param at when the report was made, by this machine's clock
 */
record Sight(@Nullable SshFailure failureOrNull, HostReport report, String right, Instant at) {

  private static final String NOBODY = "nobody is logged in there";

  /** A visit that ended at the door. */
  static Sight none(SshFailure failure, Instant at) {
    return new Sight(failure, new HostReport.Unreadable(NOBODY), NOBODY, at);
  }
}
