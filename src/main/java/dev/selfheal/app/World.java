package dev.selfheal.app;

import dev.selfheal.action.Hosts;
import dev.selfheal.action.ProvingRestarter;
import dev.selfheal.action.RealHosts;
import dev.selfheal.action.Restarter;
import dev.selfheal.evidence.HostEvidence;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.evidence.TextfileEvidence;
import dev.selfheal.webhook.HttpSettings;
import java.time.Clock;
import java.time.Duration;

/**
 * What a receiver finds outside itself: the time, the machine's commands, its targets' exporters.
 *
 * @param silence a sender that is silent for so long is hung up on
 * @param supervisor who wants to hear how the receiver is
 */
public record World(
    Clock clock,
    Restarter restarter,
    TargetEvidence evidence,
    Duration silence,
    Supervisor supervisor) {

  private static final String USUAL_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  /** A world with the usual patience. */
  public World(Clock clock, Restarter restarter, TargetEvidence evidence) {
    this(clock, restarter, evidence, HttpSettings.USUAL_SILENCE, Supervisor.NONE);
  }

  /** This machine, as it is. */
  public static World real() {
    Clock clock = Clock.systemUTC();
    Hosts hosts = new RealHosts(System.getenv().getOrDefault("PATH", USUAL_PATH), System::nanoTime);
    return new World(
        clock,
        new ProvingRestarter(hosts, clock, new RealPauser()),
        new HostEvidence(hosts, new TextfileEvidence(clock)),
        HttpSettings.USUAL_SILENCE,
        Systemd.of(System.getenv(), System::nanoTime));
  }
}
