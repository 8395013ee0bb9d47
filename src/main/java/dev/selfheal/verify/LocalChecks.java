package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import dev.selfheal.verify.Deployment.Neighbours;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checks of a target on this host. */
record LocalChecks(Target target, Deployment deployment, Senses senses, Web web) {

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    target.signs().textfile().ifPresent(file -> checks.addAll(ofExporter(file)));
    target.control().unit().ifPresent(unit -> checks.addAll(ofUnit(unit)));
    List<String> command = target.control().command();
    if (SudoRightCheck.isAbout(command)) {
      checks.add(new SudoRightCheck(target.name(), command, senses.account()));
    }
    if (!target.control().ladder().steps().isEmpty()) {
      checks.add(new LocalLadderCheck(target, senses.account()));
    }
    return checks;
  }

  private List<Check> ofExporter(Path file) {
    String name = target.name();
    Neighbours beside = deployment.neighbours();
    Once<PageSight> page = new Once<>(() -> PageSight.read(file));
    TextfileWay way = new TextfileWay(beside.textfileFolderOrNull());
    List<Check> checks = new ArrayList<>();
    if (file.equals(beside.exporterTextfile())) {
      checks.add(
          new UnitCheck(
              CheckName.EXPORTER_UNIT, name, "selfheal-exporter.service", senses.systemd()));
    }
    checks.add(new TextfileCheck(name, new TextfileCheck.Page(file, page, way), senses.clock()));
    checks.add(new LocalClockCheck(name, page));
    checks.add(new ExporterVersionCheck(name, page, deployment.version()));
    checks.add(new NodeExporterCheck(name, beside.nodeExporterOrNull(), web));
    checks.add(new ServedCheck(name, beside.nodeExporterOrNull(), web));
    return checks;
  }

  private List<Check> ofUnit(String unit) {
    List<Check> checks = new ArrayList<>();
    checks.add(new TargetUnitCheck(target.name(), unit, () -> senses.systemd().show(unit)));
    if (target.control().command().isEmpty()) {
      checks.add(new LocalRightCheck(target.name(), unit, senses.account()));
    }
    return checks;
  }
}
