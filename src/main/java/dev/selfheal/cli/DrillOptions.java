package dev.selfheal.cli;

import dev.selfheal.action.Freeze;
import dev.selfheal.config.Durations;
import dev.selfheal.drill.DrillPlan;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say how a target is drilled. */
final class DrillOptions {
  @Option(
      names = "--what",
      paramLabel = "runner|serve",
      defaultValue = "runner",
      description = "What is stopped: the runners, or the server itself (default: runner).")
  private String what;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "180s",
      description = "How soon it must be healed: 15s to 55m (default: 180s).")
  private String within;

  @Option(
      names = "--force",
      description =
          "Drill also while others' requests are in flight, an incident is open, the receiver would"
              + " hold the restart, or the target's budget would fall below one.")
  private boolean force;

  /**
   * Reads them, before anything is asked.
   *
   * @throws CommandFailed if one of them means nothing
   */
  void check() {
    limit();
    stopped();
  }

  /** The drill of a target. */
  DrillPlan plan(Target target) {
    return new DrillPlan(target, stopped(), limit(), force);
  }

  private Duration limit() {
    return Durations.parse(within)
        .filter(time -> time.compareTo(DrillPlan.SHORTEST) >= 0)
        .filter(time -> time.compareTo(DrillPlan.LONGEST) <= 0)
        .orElseThrow(() -> CommandFailed.badInput("--within must be a time from 15s to 55m"));
  }

  private Freeze.What stopped() {
    for (Freeze.What each : Freeze.What.values()) {
      if (each.word().equals(what)) {
        return each;
      }
    }
    throw CommandFailed.badInput("--what must be runner or serve");
  }
}
