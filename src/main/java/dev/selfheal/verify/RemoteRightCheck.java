package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.NotApplicable;

/** Whether the account that the receiver logs in as may restart the unit over there. */
record RemoteRightCheck(String target, Target.Ssh ssh, String unit, Once<Sight> visit)
    implements Check {

  @Override
  public CheckName name() {
    return CheckName.RESTART_RIGHT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    return ssh.command().isPresent()
        ? new NotApplicable("ssh.command is used there; it is not run to be tried")
        : RestartRight.judge(unit, visit.get().right(), ssh.user() + " on " + ssh.host());
  }
}
