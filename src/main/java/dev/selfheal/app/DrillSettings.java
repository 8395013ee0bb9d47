package dev.selfheal.app;

import dev.selfheal.action.RealHosts;
import dev.selfheal.config.Config;
import dev.selfheal.drill.DrillTools;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.Chain;
import java.util.List;
import java.util.Set;

/** What {@code selfheal drill} works with. */
public final class DrillSettings {

  private DrillSettings() {}

  /**
   * The targets of a configuration that can be drilled: those whose unit can be stopped. The name
   * of a freeze holds that of its unit as it is, so none that systemd has escaped.
   */
  public static List<Target> targets(Config config) {
    return Settings.managed(config).targets().stream().filter(DrillSettings::hasUnit).toList();
  }

  private static boolean hasUnit(Target target) {
    boolean own = !target.control().command().isEmpty();
    boolean remote = target.control().ssh().flatMap(Target.Ssh::command).isPresent();
    return target.control().unit().filter(unit -> !unit.contains("\\")).isPresent()
        && !own
        && !remote;
  }

  /**
   * This machine's ways, times and neighbours.
   *
   * @param path where this machine's tools are looked up, as the variable PATH has it
   * @param version of this program
   */
  public static DrillTools tools(Config config, String path, String version) {
    return new DrillTools(
        new RealHosts(path, RealTime.ticker()),
        Chain.of(DeploymentSettings.of(config, version)),
        Set.copyOf(config.policy().alerts()),
        new DrillTools.Time(RealTime.clock(), RealTime.ticker(), new RealPauser()));
  }
}
