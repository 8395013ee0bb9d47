package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EscalationTextTest {
  private static final Instant BEGIN = Receiver.BEGIN;

  private static String asked(Attempt... attempts) {
    return askedWhileQuiet(null, attempts);
  }

  private static String askedWhileQuiet(@Nullable Instant until, Attempt... attempts) {
    return new EscalationText("gpu-0", Reason.AWAITING_APPROVAL, List.of(attempts), 2, until)
        .annotations()
        .getOrDefault("description", "");
  }

  private static Attempt waiting(long id, Action action) {
    State waits = new State.AwaitingApproval(BEGIN.plus(Duration.ofMinutes(30)));
    return new Attempt(id, 1, Mode.APPROVE, BEGIN, waits, action);
  }

  private static Attempt failed(long id) {
    Result result = Result.of(Outcome.NOT_RECOVERED, Reason.API_SILENT);
    return new Attempt(id, 1, Mode.ACT, BEGIN, new State.Settled(BEGIN, result));
  }

  @Test
  void whatWaitsWasNotTried() {
    assertThat(asked(waiting(1, Action.RESTART)))
        .isEqualTo(
            "Run `selfheal approve 1` to have gpu-0 restarted, until 2026-11-01T00:30:00Z. No"
                + " restart was tried in this incident. Restarts left in its budget: 2.");
  }

  @Test
  void saysWhenQuietHoursEndInWhichNobodyCanApprove() {
    Instant six = BEGIN.plus(Duration.ofHours(6)).plusNanos(1);
    assertThat(askedWhileQuiet(six, waiting(1, Action.RESTART)))
        .startsWith(
            "Run `selfheal approve 1` to have gpu-0 restarted, until 2026-11-01T00:30:00Z. It is"
                + " refused before 2026-11-01T06:00:00Z, when the quiet hours end. No restart was"
                + " tried");
    assertThat(askedWhileQuiet(Decision.NO_END, waiting(1, Action.RESTART)))
        .contains("00:30:00Z. It is refused in quiet hours, which cover the week. No restart");
  }

  @Test
  void saysWhatAStrongerActionDoesBeforeItIsApproved() {
    assertThat(asked(waiting(2, Action.KILL), failed(1)))
        .isEqualTo(
            "Run `selfheal approve 2` for gpu-0, until 2026-11-01T00:30:00Z. It is no usual"
                + " restart: it kills every process of its unit, and starts the unit. Tried in"
                + " this incident, newest first: attempt 1 (restart) of 2026-11-01T00:00:00Z:"
                + " not_recovered, its API did not answer in time after the restart. Restarts left"
                + " in its budget: 2.");
  }
}
