package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;

/**
 * Whether a unit of the package runs, and will run again after a boot.
 *
 * @param target the target that needs it; empty if all do
 */
record UnitCheck(CheckName name, String target, String unit, Systemd systemd) implements Check {

  @Override
  public CheckResult run() throws InterruptedException {
    return judge(unit, systemd.show(unit));
  }

  static CheckResult judge(String unit, UnitAnswer answer) {
    if (answer instanceof UnitAnswer.Unknown unknown) {
      return new NotApplicable("systemd cannot be asked about " + unit + ": " + unknown.why());
    }
    UnitAnswer.Known known = (UnitAnswer.Known) answer;
    if (known.load().equals("not-found")) {
      return new Failed(unit + " is not installed", "apt install ./ollama-selfheal_*_all.deb");
    }
    if (known.load().equals("masked")) {
      return new Failed(unit + " is masked", "systemctl unmask " + unit + enable(unit));
    }
    if (!known.running()) {
      return new Failed(
          unit + " is " + known.active(),
          "systemctl enable --now " + unit + "; if it ends again: journalctl -u " + unit);
    }
    if (!known.comesBack()) {
      return new Failed(
          unit + " runs, but is " + known.enabled() + ": it will not come back after a boot",
          "systemctl enable " + unit);
    }
    return new Ok(unit + " is " + known.active() + " and " + known.enabled());
  }

  private static String enable(String unit) {
    return " && systemctl enable --now " + unit;
  }
}
