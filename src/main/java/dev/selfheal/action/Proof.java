package dev.selfheal.action;

import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.ApiAnswer.Answering;
import dev.selfheal.ollama.ApiAnswer.Silent;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a restart helped: the unit has a new InvocationID and a new main process, the old
 * processes are gone, the API answers, a model computes, and on the GPU if it did so before.
 *
 * <p>A target without a unit has only its server to show, and a command may return before it
 * restarts anything, so that the old process answers once more. Good answers in a row are wanted
 * there, over at least {@link #STEADY}. That is no proof against a command that takes longer to
 * begin: to choose one that waits for the restart, as {@code docker restart} does, is up to the
 * operator.
 */
final class Proof {
  static final Duration STEADY = Duration.ofSeconds(1);
  static final Duration QUESTION_LIMIT = Duration.ofSeconds(5);

  /** A look that leaves less than this had to end before it was done. */
  private static final Duration SCRAP = Duration.ofMillis(100);

  private final Tools tools;
  private final Host host;
  private final Target target;
  private final Baseline before;
  private boolean seen;
  private boolean unitSeen;

  Proof(Tools tools, Host host, Target target, Baseline before) {
    this.tools = tools;
    this.host = host;
    this.target = target;
    this.before = before;
  }

  /**
   * What the proof came to.
   *
   * @param reason {@link Reason#PROVEN}, or what was wrong at the last look
   * @param text what was seen at the last look, in lines
   * @param computed whether it was seen to compute, which the server of before could not
   */
  record Finding(Reason reason, String text, boolean computed) {

    Finding(Reason reason, String text) {
      this(reason, text, false);
    }

    boolean proven() {
      return reason == Reason.PROVEN;
    }
  }

  /** Whether the host has been seen at all since the act. */
  boolean seen() {
    return seen;
  }

  /** Whether the unit has been read since the act, which tells whether it was restarted. */
  boolean unitSeen() {
    return unitSeen;
  }

  /** Looks again and again until the proof is there, or refuted, or the time is over. */
  Finding await(ProofTime time) throws InterruptedException {
    Patience patience = new Patience(tools.pauser(), tools.clock(), time::until);
    Finding finding = new Finding(Reason.API_SILENT, "no time was left to look whether it answers");
    Instant goodSince = Instant.MAX;
    boolean looked = false;
    try (Inference inference =
        new Inference(host, before, target.recovery().canary(), tools.clock())) {
      while (!patience.left().isZero()) {
        Finding last = look(inference, patience, time);
        finding = looked && cutShort(last, patience) ? finding : last;
        looked = true;
        Instant now = tools.clock().instant();
        goodSince = finding.proven() ? earlier(goodSince, now) : Instant.MAX;
        boolean held = finding.proven() && !now.isBefore(goodSince.plus(steady()));
        if (held || finding.reason() == Reason.FELL_BACK_TO_CPU) {
          return finding;
        }
        patience.pause();
      }
    }
    return finding.proven() ? new Finding(Reason.API_SILENT, finding.text()) : finding;
  }

  /** What it missed was not asked for long enough to say that it is missing. */
  private static boolean cutShort(Finding last, Patience patience) {
    boolean missed = !last.proven() && last.reason() != Reason.FELL_BACK_TO_CPU;
    return missed && patience.left().compareTo(SCRAP) < 0;
  }

  private Duration steady() {
    return before.unitOrNull() == null ? STEADY : Duration.ZERO;
  }

  private Finding look(Inference inference, Patience patience, ProofTime time)
      throws InterruptedException {
    HostReport report = host.look(patience.left(QUESTION_LIMIT));
    seen |= report instanceof HostReport.Seen;
    ApiAnswer api = host.server().version(patience.left(QUESTION_LIMIT));
    UnitReading unit = before.unitOrNull() == null ? null : UnitReading.of(report);
    unitSeen |= unit instanceof Known;
    String text = text(api, unit);
    Optional<Reason> wrong = wrong(report, unit, api);
    if (wrong.isPresent()) {
      inference.forget();
      return new Finding(wrong.get(), text);
    }
    Inference.Step step =
        inference.look(report, patience.left().plus(target.recovery().loadTimeout()));
    if (step.comesOn()) {
      time.comesOn();
    }
    return step.proven()
        ? onTheGpu(text + "\n" + step.line(), step.computed())
        : new Finding(step.reason(), text + "\n" + step.line());
  }

  private Finding onTheGpu(String text, boolean computed) throws InterruptedException {
    List<String> fellBack = before.fellBack(host.server().loaded(QUESTION_LIMIT).orElse(List.of()));
    return fellBack.isEmpty()
        ? new Finding(Reason.PROVEN, text, computed)
        : new Finding(Reason.FELL_BACK_TO_CPU, text + "\nno longer on the GPU: " + fellBack.get(0));
  }

  /** The unit comes first, because an answer of an old process proves nothing. */
  private Optional<Reason> wrong(HostReport report, @Nullable UnitReading unit, ApiAnswer api) {
    UnitState old = before.unitOrNull();
    if (unit != null && old != null) {
      if (!(unit instanceof Known known)) {
        return Optional.of(Reason.UNIT_UNREADABLE);
      }
      if (!known.state().startedSince(old)) {
        return Optional.of(Reason.UNIT_UNCHANGED);
      }
      if (!known.state().running()) {
        return Optional.of(Reason.UNIT_NOT_ACTIVE);
      }
    }
    if (report instanceof HostReport.Seen now && before.stillLives(now.processes())) {
      return Optional.of(Reason.OLD_PROCESS_LEFT);
    }
    return api instanceof Answering ? Optional.empty() : Optional.of(Reason.API_SILENT);
  }

  private String text(ApiAnswer api, @Nullable UnitReading unit) {
    String line =
        api instanceof Answering answering
            ? "the API answers, version " + answering.version()
            : "the API does not answer: " + ((Silent) api).why();
    return unit == null ? line : line + "\nafter: " + unit.line(host.unit().orElse("its unit"));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
