package dev.selfheal.verify;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the receiver may take the steps of a ladder on this host. Asked as the receiver's own
 * user, which only he himself and root can do; nothing is done.
 */
record LocalLadderCheck(Target about, Account account) implements Check {
  private static final String INSTEAD =
      "give the ladder command: [systemctl, --no-ask-password, start, %s], which polkit can allow"
          .formatted(LadderAnswer.UNIT);

  @Override
  public CheckName name() {
    return CheckName.LADDER_RIGHT;
  }

  @Override
  public String target() {
    return about.name();
  }

  @Override
  public CheckResult run() throws InterruptedException {
    Optional<String> receivers = account.receivers();
    if (account.stranger() || (receivers.isEmpty() && account.isRoot())) {
      return new NotApplicable("only the receiver's user or root can ask; run verify with sudo");
    }
    String asking = receivers.orElse(account.user());
    Optional<String> as = asking.equals(account.user()) ? Optional.empty() : Optional.of(asking);
    List<CheckResult> results = new ArrayList<>();
    for (Action step : about.control().ladder().steps()) {
      results.add(step == Action.KILL ? kill(asking, as) : command(asking, as));
    }
    return LadderAnswer.all(results);
  }

  private CheckResult kill(String asking, Optional<String> as) throws InterruptedException {
    String unit = about.control().unit().orElse("");
    String said = account.systemd().askForKill(unit, as);
    return LadderAnswer.judge(Action.KILL, unit, said, asking);
  }

  private CheckResult command(String asking, Optional<String> as) throws InterruptedException {
    List<String> argv = about.control().ladder().command();
    if (SudoRightCheck.isAbout(argv)) {
      CheckResult sudo = new SudoRightCheck(about.name(), argv, account).run();
      return sudo instanceof Failed failed ? new Failed(failed.seen(), INSTEAD) : sudo;
    }
    Optional<String> unit = started(argv);
    if (unit.isEmpty()) {
      return new NotApplicable("the command of the ladder is not run to be tried");
    }
    if (account.systemd().show(unit.get()) instanceof UnitAnswer.Known known
        && known.load().equals("not-found")) {
      return LadderAnswer.missing(unit.get());
    }
    String said = account.systemd().askForStart(unit.get(), as);
    return LadderAnswer.judge(Action.COMMAND, unit.get(), said, asking);
  }

  /** The unit that a command starts by systemctl; empty if it does something else. */
  private static Optional<String> started(List<String> argv) {
    boolean systemctl = argv.get(0).equals("systemctl") || argv.get(0).endsWith("/systemctl");
    List<String> words = argv.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
    return systemctl && words.size() == 2 && words.get(0).equals("start")
        ? Optional.of(words.get(1))
        : Optional.empty();
  }
}
