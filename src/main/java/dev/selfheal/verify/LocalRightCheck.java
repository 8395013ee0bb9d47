package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.NotApplicable;
import java.util.Optional;

/**
 * Whether the receiver may restart a unit of this host. Asked as the receiver's own user, which
 * only he himself and root can do.
 */
record LocalRightCheck(String target, String unit, Account account) implements Check {

  @Override
  public CheckName name() {
    return CheckName.RESTART_RIGHT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    Optional<String> receivers = account.receivers();
    if (receivers.isEmpty() && account.isRoot()) {
      return new NotApplicable(
          "root may do anything, and no selfheal.service tells who the receiver is; run verify as"
              + " the receiver's user");
    }
    String asking = receivers.orElse(account.user());
    if (account.stranger()) {
      return new NotApplicable(
          "only %s or root can ask; run verify with sudo -u %s".formatted(asking, asking));
    }
    Optional<String> as = asking.equals(account.user()) ? Optional.empty() : Optional.of(asking);
    return RestartRight.judge(unit, account.systemd().askForRestart(unit, as), asking);
  }
}
