package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.List;
import java.util.Optional;

/**
 * Whether the receiver may run a {@code restart_command} that begins with {@code sudo}. Asked of
 * sudo as the receiver's own user; nothing is run.
 *
 * @param argv the restart command, whole
 */
record SudoRightCheck(String target, List<String> argv, Account account) implements Check {
  private static final String UNIT = "selfheal.service";

  /** Options that change neither who runs it nor what is run. */
  private static final List<String> PLAIN = List.of("-n", "--non-interactive", "--");

  /** Whether it is one that this check can ask about. */
  static boolean isAbout(List<String> argv) {
    return !argv.isEmpty() && (argv.get(0).equals("sudo") || argv.get(0).endsWith("/sudo"));
  }

  @Override
  public CheckName name() {
    return CheckName.RESTART_RIGHT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    List<String> command = argv.stream().skip(1).dropWhile(PLAIN::contains).toList();
    if (command.isEmpty() || command.get(0).startsWith("-")) {
      return new NotApplicable("sudo has options in restart_command; it is not run to be tried");
    }
    Optional<String> receivers = account.receivers();
    if (account.stranger() || (receivers.isEmpty() && account.isRoot())) {
      return new NotApplicable("only the receiver's user or root can ask sudo for the receiver");
    }
    if (receivers.isPresent() && account.systemd().forbidsSudo(UNIT)) {
      return new Failed(
          UNIT + " has NoNewPrivileges=yes, and sudo gives no right under that",
          "name the unit in the place of restart_command, which polkit allows; or systemctl edit "
              + UNIT
              + " with NoNewPrivileges=no");
    }
    String asking = receivers.orElse(account.user());
    Optional<String> as = asking.equals(account.user()) ? Optional.empty() : Optional.of(asking);
    return judge(account.systemd().askSudo(command, as), asking);
  }

  private static CheckResult judge(Optional<String> refusal, String who) {
    return refusal.isEmpty()
        ? new Ok("sudo lets " + who + " run the restart command")
        : new Failed(
            "sudo does not let %s run the restart command: %s".formatted(who, refusal.get()),
            "visudo -f /etc/sudoers.d/selfheal: let %s run exactly this command, with NOPASSWD"
                .formatted(who));
  }
}
