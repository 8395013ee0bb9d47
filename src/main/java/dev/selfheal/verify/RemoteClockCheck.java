package dev.selfheal.verify;

import dev.selfheal.action.HostClock;
import dev.selfheal.action.HostReport;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.NotApplicable;

/** Whether the clock of a host over SSH goes with this machine's. */
record RemoteClockCheck(String target, Target.Ssh ssh, Once<Sight> visit) implements Check {

  @Override
  public CheckName name() {
    return CheckName.CLOCK;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    Sight sight = visit.get();
    HostClock clock = sight.report() instanceof HostReport.Seen seen ? seen.clockOrNull() : null;
    return clock == null
        ? new NotApplicable("no host agent there tells the time")
        : new Skew("the clock of " + ssh.host(), clock.time(), sight.at()).judge();
  }
}
