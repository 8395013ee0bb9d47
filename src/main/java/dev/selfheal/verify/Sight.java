package dev.selfheal.verify;

import dev.selfheal.action.HostReport;
import dev.selfheal.remedy.Action;
import dev.selfheal.ssh.SshFailure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one visit to a host over SSH has shown.
 *
 * @param failureOrNull why there was no login, or no way to the server's API; null if all is open
 * @param report what the host agent said; unreadable without one
 * @param right what it said when it was asked for the right to restart; empty if it was not
 * @param ladder the same for the steps of the target's ladder
 * @param at when the report was made, by this machine's clock
 */
record Sight(
    @Nullable SshFailure failureOrNull,
    HostReport report,
    String right,
    Map<Action, String> ladder,
    Instant at) {

  /** A visit to a target without a ladder. */
  Sight(@Nullable SshFailure failureOrNull, HostReport report, String right, Instant at) {
    this(failureOrNull, report, right, Map.of(), at);
  }

  /** What stands for the words of a host that let nobody in. */
  static final String NOBODY = "nobody is logged in there";

  /** The same where this has failed as well; null if it has not. */
  Sight with(@Nullable SshFailure failure) {
    return new Sight(failure, report, right, ladder, at);
  }

  /** A visit that ended at the door. */
  static Sight none(SshFailure failure, Instant at) {
    return new Sight(failure, new HostReport.Unreadable(NOBODY), NOBODY, at);
  }
}
