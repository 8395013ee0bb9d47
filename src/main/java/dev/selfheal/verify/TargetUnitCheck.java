package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;

/**
 * Whether there is the unit that would be restarted. One that somebody has stopped is none of our
 * business.
 *
 * @param unit its name
 * @param reading how it is asked for
 */
record TargetUnitCheck(String target, String unit, Once.Question<UnitAnswer> reading)
    implements Check {

  @Override
  public CheckName name() {
    return CheckName.TARGET_UNIT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    return judge(unit, reading.ask());
  }

  static CheckResult judge(String unit, UnitAnswer answer) {
    if (answer instanceof UnitAnswer.Unknown unknown) {
      return new NotApplicable("systemd does not tell about " + unit + ": " + unknown.why());
    }
    UnitAnswer.Known known = (UnitAnswer.Known) answer;
    return switch (known.load()) {
      case "not-found" ->
          new Failed(
              "there is no " + unit, "correct targets[].unit: systemctl list-units '*ollama*'");
      case "masked" ->
          new Failed(unit + " is masked: no restart starts it", "systemctl unmask " + unit);
      default ->
          new Ok(
              known.running()
                  ? unit + " is " + known.active()
                  : unit + " is " + known.active() + ": nobody starts what was stopped on purpose");
    };
  }
}
