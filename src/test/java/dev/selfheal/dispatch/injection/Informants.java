package dev.selfheal.dispatch.injection;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import dev.selfheal.dispatch.Alertmanager;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.ExporterPage;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;

/** Those whom the receiver asks whether old news still hold. */
final class Informants implements Alertmanager {
  private final Scene scene;
  private final World world;

  Informants(Scene scene) {
    this.scene = scene;
    this.world = scene.world;
  }

  /** What a target's exporter says. */
  Evidence evidence(Target target) {
    Server server = scene.server(target.name());
    try {
      world.sleep(world.dice.seconds(0.05, 1), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Evidence.Unknown("interrupted");
    }
    return !server.exporter || server.gone() || world.mishap(0.1)
        ? new Evidence.Unknown("nobody knows")
        : ExporterPage.read(new Page(server).text(), world.now().plus(server.clockOffset))
            .judge("the page");
  }

  @Override
  public boolean configured() {
    return true;
  }

  @Override
  public FiringAlerts firing() {
    return new FiringAlerts.Unreachable("nobody cuts anything off here");
  }

  @Override
  public Posted post(PostableAlert alert) {
    return scene.alertmanagerAway ? new Posted.Unreachable("away") : new Posted.Taken();
  }

  @Override
  public URI incidentsOf(String target) {
    return URI.create("http://receiver.test/" + target);
  }

  @Override
  public ActiveAlerts active() {
    if (scene.alertmanagerAway) {
      return new ActiveAlerts.Unreachable("away");
    }
    return new ActiveAlerts.Known(
        fingerprints(false), fingerprints(true), world.mishap(0.1) ? "just started" : null);
  }

  private Set<String> fingerprints(boolean silenced) {
    return scene.sirens.stream()
        .filter(siren -> siren.active() && siren.silenced == silenced)
        .map(Siren::fingerprint)
        .collect(Collectors.toSet());
  }
}
