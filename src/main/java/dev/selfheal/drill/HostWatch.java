package dev.selfheal.drill;

import dev.selfheal.action.Host;
import dev.selfheal.action.HostPage;
import dev.selfheal.action.HostReport;
import dev.selfheal.action.Hosts;
import dev.selfheal.action.ServerProcess;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.ExporterPage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the exporter on the target's host finds the stall, and whether the server was restarted.
 */
final class HostWatch implements Watch {
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final Hosts hosts;
  private final Target target;
  private final ServerProcess before;
  private final Clock clock;
  private volatile String trouble = "";

  /**
   * @param before the server's process when it was frozen
   */
  HostWatch(Hosts hosts, Target target, ServerProcess before, Clock clock) {
    this.hosts = hosts;
    this.target = target;
    this.before = before;
    this.clock = clock;
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.EVIDENCE);
  }

  /** A visit of its own each time: the way there may have been lost. */
  @Override
  public void look(Timeline timeline) throws InterruptedException {
    try (Host host = hosts.visit(target)) {
      trouble = judge(host.look(LIMIT), timeline);
    }
  }

  private String judge(HostReport report, Timeline timeline) {
    if (!(report instanceof HostReport.Seen seen)) {
      return ((HostReport.Unreadable) report).why();
    }
    Optional<ServerProcess> now = ServerProcess.of(seen);
    now.filter(process -> process.startedAfter(before))
        .ifPresent(
            process ->
                timeline.reached(
                    Stage.RESTART,
                    "the server is another process: %d after %d"
                        .formatted(process.pid(), before.pid())));
    Evidence evidence = evidence(seen, clock);
    if (evidence instanceof Evidence.Stalled stalled) {
      timeline.reached(Stage.EVIDENCE, "the exporter finds a stall: " + stalled.reason());
    }
    return evidence instanceof Evidence.Unknown unknown
        ? unknown.why()
        : "the exporter's page tells of no stall beyond its threshold";
  }

  /** What the exporter of a host says there. */
  static Evidence evidence(HostReport.Seen seen, Clock clock) {
    return page(seen, clock)
        .map(page -> page.judge("the exporter's page"))
        .orElseGet(
            () ->
                new Evidence.Unknown(
                    "there is no page of the exporter: " + ((HostPage.Missing) seen.page()).why()));
  }

  /** The exporter's page, by its host's own clock; empty if it is missing. */
  static Optional<ExporterPage> page(HostReport.Seen seen, Clock clock) {
    return seen.page() instanceof HostPage.Text text
        ? Optional.of(
            ExporterPage.read(
                text.text(),
                seen.clockOrNull() == null ? clock.instant() : seen.clockOrNull().time()))
        : Optional.empty();
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public String mend() {
    return "on its host: systemctl status selfheal-exporter.service; selfheal verify";
  }
}
