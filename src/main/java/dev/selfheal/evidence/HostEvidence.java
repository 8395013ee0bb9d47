package dev.selfheal.evidence;

import dev.selfheal.action.Host;
import dev.selfheal.action.HostPage;
import dev.selfheal.action.HostReport;
import dev.selfheal.action.Hosts;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.ExporterPage;
import java.time.Duration;

/**
 * Asks the host agent of a target on another host for its exporter's page, and judges that by the
 * host's own clock. Targets of this host are somebody else's to ask.
 */
public final class HostEvidence implements TargetEvidence {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Hosts hosts;
  private final TargetEvidence here;

  /**
   * @param here asks targets of this host
   */
  public HostEvidence(Hosts hosts, TargetEvidence here) {
    this.hosts = hosts;
    this.here = here;
  }

  @Override
  public Evidence of(Target target) {
    return target.control().ssh().isEmpty() ? here.of(target) : elsewhere(target);
  }

  private Evidence elsewhere(Target target) {
    try (Host host = hosts.visit(target)) {
      return judge(host.look(LIMIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Evidence.Unknown("the question was interrupted");
    }
  }

  private static Evidence judge(HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return new Evidence.Unknown(((HostReport.Unreadable) report).why());
    }
    if (!(seen.page() instanceof HostPage.Text page)) {
      return new Evidence.Unknown("its exporter's page: " + ((HostPage.Missing) seen.page()).why());
    }
    return seen.clockOrNull() == null
        ? new Evidence.Unknown("its host agent did not say what time it is there")
        : ExporterPage.read(page.text(), seen.clockOrNull().time()).judge("its exporter's page");
  }
}
