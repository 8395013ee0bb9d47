package dev.selfheal.verify;

import dev.selfheal.action.HostReport;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the exporter's unit on a host over SSH runs, and will run again after a boot, as the host
 * agent sees it.
 */
record RemoteExporterCheck(String target, Once<Sight> visit) implements Check {
  private static final String OTHER =
      ", on that host; EXPORTER in /etc/selfheal/host-agent.conf there names the unit";

  /** It becomes part of a command that a human types, so it is no more than a name. */
  private static final Pattern ID =
      Pattern.compile("(?m)^Id=([A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]{0,254})$");

  @Override
  public CheckName name() {
    return CheckName.EXPORTER_UNIT;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    return judge(visit.get().report());
  }

  static CheckResult judge(HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return new NotApplicable(
          "no host agent there tells: " + ((HostReport.Unreadable) report).why());
    }
    if (seen.exporter().isEmpty()) {
      return new NotApplicable(
          seen.complete()
              ? "the host agent there is older and does not tell; install this version there"
              : "the host agent's report was cut off before it told");
    }
    Matcher id = ID.matcher(seen.exporter());
    return id.find()
        ? judge(id.group(1), UnitAnswer.parse(seen.exporter()))
        : new NotApplicable(
            "the host agent there does not tell of the exporter's unit: "
                + seen.exporter().lines().findFirst().orElse(""));
  }

  private static CheckResult judge(String unit, UnitAnswer answer) {
    CheckResult result = UnitCheck.judge(unit, answer);
    return result instanceof Failed failed
        ? new Failed(failed.seen(), failed.mend() + OTHER)
        : result;
  }
}
