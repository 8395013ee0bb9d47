package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.NotApplicable;
import java.util.Optional;

/**
 * Whether the receiver may restart a unit of this host. Asked as the receiver's own user, which
 * only he himself and root can do.
 *
 * @param me the user who runs this
 */
record LocalRightCheck(String target, String unit, Systemd systemd, String me) implements Check {
  private static final String ROOT = "root";

  @Override
  public CheckName name() {
    return CheckName.RESTART_RIGHT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    Optional<String> receivers = user(systemd.show("selfheal.service"));
    if (receivers.isEmpty() && me.equals(ROOT)) {
      return new NotApplicable(
          "root may do anything, and no selfheal.service tells who the receiver is; run verify as"
              + " the receiver's user");
    }
    String asking = receivers.orElse(me);
    if (!asking.equals(me) && !me.equals(ROOT)) {
      return new NotApplicable(
          "only %s or root can ask; run verify with sudo -u %s".formatted(asking, asking));
    }
    Optional<String> as = asking.equals(me) ? Optional.empty() : Optional.of(asking);
    return RestartRight.judge(unit, systemd.askForRestart(unit, as), asking);
  }

  private static Optional<String> user(UnitAnswer answer) {
    return answer instanceof UnitAnswer.Known known && known.load().equals("loaded")
        ? Optional.of(known.user().isEmpty() ? ROOT : known.user())
        : Optional.empty();
  }
}
