package dev.selfheal.verify;

import dev.selfheal.action.HostClock;
import dev.selfheal.action.HostPage;
import dev.selfheal.action.HostReport;
import dev.selfheal.verdict.ExporterPage;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.time.Instant;

/** Whether the exporter of a host over SSH writes its page, as the host agent sees it. */
record RemotePageCheck(String target, Once<Sight> visit) implements Check {
  private static final String MEND =
      "systemctl enable --now selfheal-exporter.service, on that host; then journalctl -u"
          + " selfheal-exporter.service; TEXTFILE in /etc/selfheal/host-agent.conf names the page";

  @Override
  public CheckName name() {
    return CheckName.TEXTFILE;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    return judge(visit.get().report());
  }

  /** The page itself; its file's time over there is not known. */
  static PageSight page(HostReport report) {
    return report instanceof HostReport.Seen seen && seen.page() instanceof HostPage.Text page
        ? new PageSight(page.text(), Instant.EPOCH)
        : PageSight.unreadable("no page is to be seen there");
  }

  static CheckResult judge(HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return new NotApplicable(
          "no host agent there tells: " + ((HostReport.Unreadable) report).why());
    }
    if (!(seen.page() instanceof HostPage.Text page)) {
      return new Failed(
          "the exporter's page over there: " + ((HostPage.Missing) seen.page()).why(), MEND);
    }
    HostClock clock = seen.clockOrNull();
    if (clock == null) {
      return new NotApplicable("the host agent there does not tell the time");
    }
    return ExporterPage.read(page.text(), clock.time()).fresh()
        ? new Ok("fresh, by that host's clock")
        : new Failed("the exporter's page over there is old: it does not write it any more", MEND);
  }
}
