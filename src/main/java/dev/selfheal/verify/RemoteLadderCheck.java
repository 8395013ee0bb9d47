package dev.selfheal.verify;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import java.util.ArrayList;
import java.util.List;

/** Whether the account that the receiver logs in as may take the steps of a ladder over there. */
record RemoteLadderCheck(Target about, Target.Ssh ssh, Once<Sight> visit) implements Check {

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
    Sight sight = visit.get();
    String who = ssh.user() + " on " + ssh.host();
    List<CheckResult> results = new ArrayList<>();
    for (Action step : about.control().ladder().steps()) {
      String unit = step == Action.KILL ? about.control().unit().orElse("") : LadderAnswer.UNIT;
      String said = sight.ladder().getOrDefault(step, Sight.NOBODY);
      results.add(LadderAnswer.judge(step, unit, said, who));
    }
    return LadderAnswer.all(results);
  }
}
