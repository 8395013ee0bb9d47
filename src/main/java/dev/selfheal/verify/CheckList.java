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
    Scrapes scrapes = new Scrapes();
    for (Target target : deployment.targets()) {
      checks.add(chain.asking(CheckName.SCRAPE, target.name(), new ScrapeCheck(target, scrapes)));
    }
    checks.addAll(ofHosts());
    return checks;
  }

  /** Without what concerns the receiver and its chain. */
  List<Check> ofHosts() {
    return byTurns(deployment.targets().stream().map(this::ofHost).toList());
  }

  /**
   * The first of each, then the second of each and so on: those of one host wait for the same
   * visit, and would keep all threads from the other hosts.
   */
  static <T> List<T> byTurns(List<List<T>> lists) {
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    List<T> all = new ArrayList<>();
    for (int turn = 0; turn < longest; turn++) {
      for (List<T> list : lists) {
        if (turn < list.size()) {
          all.add(list.get(turn));
        }
      }
    }
    return all;
  }

  private List<Check> ofHost(Target target) {
    return target
        .control()
        .ssh()
        .map(ssh -> new RemoteChecks(target, ssh, deployment.version(), senses).all())
        .orElseGet(() -> new LocalChecks(target, deployment, senses, chain.web()).all());
  }
}
