package dev.selfheal.action;

import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a restart helped: the API answers, and the unit has a new InvocationID and a new
 * main process.
 *
 * <p>A target without a unit has only its API to show, and a command may return before it restarts
 * anything, so that the old process answers once more. Good answers in a row are wanted there, over
 * at least {@link #STEADY}. That is no proof against a command that takes longer to begin: to
 * choose one that waits for the restart, as {@code docker restart} does, is up to the operator.
 */
final class RecoveryCheck {
  static final Duration STEADY = Duration.ofSeconds(1);
  static final Duration QUESTION_LIMIT = Duration.ofSeconds(5);

  private final Tools tools;

  RecoveryCheck(Tools tools) {
    this.tools = tools;
  }

  /**
   * What the proof came to.
   *
   * @param reason {@link Reason#PROVEN}, or what was wrong at the last look
   * @param text what was seen at the last look, in lines
   */
  record Finding(Reason reason, String text) {
    boolean proven() {
      return reason == Reason.PROVEN;
    }
  }

  /**
   * Looks again and again until the proof is there or the time is over.
   *
   * @param beforeOrNull the unit's state before the act; null for a target without a unit
   * @param until when the time is over; no look begins then or later
   */
  Finding await(Target target, @Nullable UnitState beforeOrNull, Instant until)
      throws InterruptedException {
    Patience patience = new Patience(tools.pauser(), tools.clock(), until);
    Finding finding = new Finding(Reason.API_SILENT, "no time was left to look whether it answers");
    Instant goodSince = Instant.MAX;
    while (!patience.left().isZero()) {
      Look look = look(target, patience);
      Instant now = tools.clock().instant();
      goodSince = look.good(beforeOrNull) ? earlier(goodSince, now) : Instant.MAX;
      if (held(goodSince, now, beforeOrNull != null)) {
        return new Finding(Reason.PROVEN, text(target, look));
      }
      finding = new Finding(look.wrong(beforeOrNull), text(target, look));
      patience.pause();
    }
    return finding;
  }

  private Look look(Target target, Patience patience) throws InterruptedException {
    Optional<String> unit = target.control().unit();
    UnitReading reading =
        unit.isPresent()
            ? new SystemdUnit(tools.commands(), unit.get()).read(patience.left(QUESTION_LIMIT))
            : null;
    return new Look(tools.api().ask(target.ollamaUrl(), patience.left(QUESTION_LIMIT)), reading);
  }

  private static boolean held(Instant goodSince, Instant now, boolean atOnce) {
    return !goodSince.equals(Instant.MAX) && (atOnce || !now.isBefore(goodSince.plus(STEADY)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private String text(Target target, Look look) {
    UnitReading reading = look.unitOrNull();
    Optional<String> unit = target.control().unit();
    return reading == null || unit.isEmpty()
        ? look.apiLine()
        : look.apiLine()
            + "\nafter: "
            + new SystemdUnit(tools.commands(), unit.get()).line(reading);
  }
}
