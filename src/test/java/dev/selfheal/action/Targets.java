package dev.selfheal.action;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Targets to restart in tests; recovery may take 2 minutes, and 10 for a model to load. */
final class Targets {
  static final List<String> COMMAND = List.of("docker", "restart", "ollama");
  static final Target BY_UNIT = byUnit(Duration.ofMinutes(2), Duration.ofMinutes(10));
  static final Target BY_COMMAND = byCommand(COMMAND);

  private Targets() {}

  static Target byUnit(Duration timeout, Duration loadTimeout) {
    return target("ollama.service", List.of(), new RecoveryLimits(timeout, loadTimeout));
  }

  static Target byCommand(List<String> command) {
    return target(null, command, BY_UNIT.recovery());
  }

  static Target withBoth() {
    return target("ollama.service", COMMAND, BY_UNIT.recovery());
  }

  static Target withoutCanary() {
    RecoveryLimits usual = BY_UNIT.recovery();
    return target(
        "ollama.service",
        List.of(),
        new RecoveryLimits(usual.recheck(), usual.timeout(), usual.loadTimeout(), false));
  }

  /** One with both stronger actions. */
  static Target withLadder() {
    return withLadder(COMMAND);
  }

  /** The same with this command. */
  static Target withLadder(List<String> command) {
    Ladder ladder = new Ladder(List.of(Action.KILL, Action.COMMAND), command);
    return new Target(
        BY_UNIT.name(),
        BY_UNIT.match(),
        new Control("ollama.service", List.of(), null, ladder),
        BY_UNIT.signs(),
        BY_UNIT.recovery());
  }

  private static Target target(
      @Nullable String unit, List<String> command, RecoveryLimits recovery) {
    return new Target(
        "gpu-01",
        Match.on(Map.of("instance", "gpu-01:9100")),
        new Control(unit, command),
        URI.create("http://127.0.0.1:11434"),
        recovery);
  }
}
