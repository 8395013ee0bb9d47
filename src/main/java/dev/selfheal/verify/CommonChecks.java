package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The checks that concern all targets: the receiver, and who stands beside it. */
record CommonChecks(Deployment deployment, Senses senses, Chain chain) {

  List<Check> all() {
    return Stream.of(units(), ofTheReceiver(), ofTheChain()).flatMap(List::stream).toList();
  }

  private List<Check> units() {
    Systemd systemd = senses.systemd();
    return List.of(
        new UnitCheck(CheckName.RECEIVER_UNIT, "", "selfheal.service", systemd),
        new UnitCheck(CheckName.VERIFY_TIMER, "", "selfheal-verify.timer", systemd));
  }

  private List<Check> ofTheReceiver() {
    ReceiverApi receiver = chain.receiver();
    return List.of(
        new ReceiverCheck(
            receiver, deployment.targets().stream().map(Target::name).toList(), senses.account()),
        new ReceiverVersionCheck(receiver, deployment.version()),
        new LedgerCheck(receiver),
        new WebhookTokenCheck(receiver, probe(), senses.clock(), senses.account()));
  }

  private List<Check> ofTheChain() {
    URI alertmanager = deployment.neighbours().alertmanagerOrNull();
    RouteCheck.Time time = new RouteCheck.Time(senses.clock(), senses.pauser());
    return List.of(
        new AlertmanagerCheck(chain.alertmanagerOrNull()),
        new RouteCheck(chain.alertmanagerOrNull(), chain.receiver(), probe(), time),
        chain.asking(CheckName.PROMETHEUS, "", new PrometheusCheck()),
        chain.asking(CheckName.RECEIVER_SCRAPE, "", new ReceiverScrapeCheck()),
        chain.asking(CheckName.RULES, "", new RulesCheck(ShippedRules.names())),
        chain.asking(CheckName.NOTIFIER, "", new NotifierCheck(alertmanager)),
        new ChainClockCheck(clocks(), chain.web(), senses.clock()));
  }

  private static ProbeAlert probe() {
    return new ProbeAlert(UUID.randomUUID().toString());
  }

  private Map<String, URI> clocks() {
    Map<String, URI> clocks = new LinkedHashMap<>();
    clocks.put("the receiver", deployment.receiver().base());
    deployment.neighbours().prometheus().ifPresent(url -> clocks.put("Prometheus", url));
    deployment.neighbours().alertmanager().ifPresent(url -> clocks.put("Alertmanager", url));
    clocks.replaceAll((name, url) -> URI.create(url + "/-/healthy"));
    return clocks;
  }
}
