package dev.selfheal.verify;

import dev.selfheal.action.HostReport;
import dev.selfheal.child.Plain;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;

/** Whether the forced command of the receiver's key is a host agent, for the unit that is meant. */
record HostAgentCheck(Target which, Once<Sight> visit) implements Check {

  @Override
  public CheckName name() {
    return CheckName.HOST_AGENT;
  }

  @Override
  public String target() {
    return which.name();
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (which.control().ssh().flatMap(Target.Ssh::command).isPresent()) {
      return new NotApplicable("ssh.command is used there; it is not run to be tried");
    }
    return judge(which.control().unit().orElse(""), visit.get().report());
  }

  /** What systemd there says about the unit that the agent acts on. */
  static UnitAnswer unit(HostReport report) {
    return report instanceof HostReport.Seen seen
        ? UnitAnswer.parse(seen.unit())
        : new UnitAnswer.Unknown(((HostReport.Unreadable) report).why());
  }

  static CheckResult judge(String unit, HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return new Failed(
          ((HostReport.Unreadable) report).why(),
          "let the receiver's key in authorized_keys there say"
              + " command=\"/usr/lib/selfheal/host-agent\" (docs/remediation.md)");
    }
    String acts =
        seen.unit()
            .lines()
            .filter(line -> line.startsWith("Id="))
            .map(line -> line.substring(3))
            .findFirst()
            .orElse("");
    return acts.isEmpty() || acts.equals(unit)
        ? new Ok("it answers" + (acts.isEmpty() ? "" : " for " + Plain.line(acts, 255)))
        : new Failed(
            "the host agent there acts on %s, and this target is for %s".formatted(acts, unit),
            "set UNIT=" + unit + " in /etc/selfheal/host-agent.conf there");
  }
}
