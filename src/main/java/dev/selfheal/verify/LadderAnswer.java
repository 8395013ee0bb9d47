package dev.selfheal.verify;

import dev.selfheal.action.LadderRight;
import dev.selfheal.action.Polkit;
import dev.selfheal.remedy.Action;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges what systemd says to somebody who asks for a step of a ladder that it never does. */
final class LadderAnswer {
  /** The unit that the examples have for the command of a ladder. */
  static final String UNIT = "selfheal-ladder.service";

  private static final String EXAMPLE = "/usr/share/doc/ollama-selfheal/examples/" + UNIT;

  private LadderAnswer() {}

  /**
   * Whether he may.
   *
   * @param unit what is killed, or started
   * @param said systemctl's words
   * @param who asked, in words
   */
  static CheckResult judge(Action step, String unit, String said, String who) {
    String what = (step == Action.KILL ? "kill and restart " : "start ") + unit;
    if (Polkit.denied(said)) {
      return new Failed(
          "%s may not %s: %s".formatted(who, what, RestartRight.firstLine(said)),
          "on the host of that unit: %s; the file must name the unit"
              .formatted(LadderRight.mend(step, said)));
    }
    if (said.contains(UNIT + " is not installed")) {
      return missing(UNIT);
    }
    if (said.contains("Unit " + unit + " not loaded")) {
      return new NotApplicable(unit + " does not run, so systemd cannot be asked who may kill it");
    }
    return allowed(said.toLowerCase(Locale.ROOT))
        ? new Ok(who + " may " + what)
        : RestartRight.open(said).orElseGet(() -> unproven(what, said, who));
  }

  /** What the command of a ladder starts is not there. */
  static CheckResult missing(String unit) {
    return new Failed(
        unit + " is not there",
        unit.equals(UNIT)
            ? "install -m 644 %s /etc/systemd/system/; systemctl daemon-reload; on the target's host"
                .formatted(EXAMPLE)
            : "correct the command of the ladder, or write that unit");
  }

  private static boolean allowed(String words) {
    boolean killRefused =
        words.contains("failed to kill") && !words.contains("no control process to kill");
    return words.contains("only valid for stop") && !killRefused;
  }

  private static CheckResult unproven(String what, String said, String who) {
    String line = RestartRight.firstLine(said);
    return new Failed(
        "that %s may %s could not be proven: %s"
            .formatted(who, what, line.isEmpty() ? "systemctl said nothing" : line),
        "systemctl status polkit.service, on that host; see that the unit is active");
  }

  /** The answer about all steps: that of the first one that fails, or what is known of the rest. */
  static CheckResult all(List<CheckResult> steps) {
    Optional<CheckResult> failed = steps.stream().filter(Failed.class::isInstance).findFirst();
    String fine =
        steps.stream()
            .filter(Ok.class::isInstance)
            .map(CheckResult::seen)
            .collect(Collectors.joining("; "));
    return failed
        .or(() -> fine.isEmpty() ? steps.stream().findFirst() : Optional.of(new Ok(fine)))
        .orElseGet(() -> new NotApplicable("the target has no ladder"));
  }
}
