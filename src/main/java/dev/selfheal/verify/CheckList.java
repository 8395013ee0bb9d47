package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import java.util.ArrayList;
import java.util.List;

/** The checks that a deployment calls for. */
final class CheckList {
  private final Deployment deployment;
  private final Senses senses;
  private final Chain chain;

  CheckList(Deployment deployment, Senses senses) {
    this.deployment = deployment;
    this.senses = senses;
    this.chain = Chain.of(deployment);
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(new CommonChecks(deployment, senses, chain).all());
    for (Target target : deployment.targets()) {
      checks.add(chain.asking(CheckName.SCRAPE, target.name(), new ScrapeCheck(target)));
      checks.addAll(ofHost(target));
    }
    return checks;
  }

  /** Without what concerns the receiver and its chain. */
  List<Check> ofHosts() {
    return deployment.targets().stream().flatMap(target -> ofHost(target).stream()).toList();
  }

  private List<Check> ofHost(Target target) {
    return target
        .control()
        .ssh()
        .map(ssh -> new RemoteChecks(target, ssh, deployment.version(), senses).all())
        .orElseGet(() -> new LocalChecks(target, deployment, senses, chain.web()).all());
  }
}
