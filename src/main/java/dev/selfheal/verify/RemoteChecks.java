package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of a target on another host.
 *
 * @param installed the version of this program
 */
record RemoteChecks(Target target, Target.Ssh ssh, String installed, Senses senses) {

  List<Check> all() {
    String name = target.name();
    Once<Sight> visit = new Once<>(new Visit(target, ssh, senses.ssh(), senses.clock()));
    Once<PageSight> page = new Once<>(() -> RemotePageCheck.page(visit.get().report()));
    List<Check> checks = new ArrayList<>();
    checks.add(new SshCheck(name, ssh, visit, senses.account()));
    checks.add(new HostAgentCheck(target, visit));
    checks.add(new RemoteClockCheck(name, ssh, visit));
    checks.add(new RemoteExporterCheck(name, visit));
    checks.add(new RemotePageCheck(name, visit));
    checks.add(new ExporterVersionCheck(name, page, installed));
    target.control().unit().ifPresent(unit -> checks.addAll(ofUnit(unit, visit)));
    if (!target.control().ladder().steps().isEmpty()) {
      checks.add(new RemoteLadderCheck(target, ssh, visit));
    }
    return checks;
  }

  private List<Check> ofUnit(String unit, Once<Sight> visit) {
    return List.of(
        new TargetUnitCheck(target.name(), unit, () -> HostAgentCheck.unit(visit.get().report())),
        new RemoteRightCheck(target.name(), ssh, unit, visit));
  }
}
