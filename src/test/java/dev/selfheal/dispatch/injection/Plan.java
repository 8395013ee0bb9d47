package dev.selfheal.dispatch.injection;

import dev.selfheal.dispatch.Managed;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration of an episode, and what becomes of it. */
final class Plan {
  static final String ALERT = "OllamaFrozen";
  static final String OTHER_ALERT = "OllamaRunnerStuck";

  private static final Target.SshFiles FILES =
      new Target.SshFiles(Path.of("id_ed25519"), Path.of("known_hosts"));

  private final List<Target> all = new ArrayList<>();
  private final PolicyLimits limits;
  private Mode mode;
  private List<Target> present;

  Plan(Dice dice, List<Server> servers) {
    int first = dice.between(2, 4);
    this.limits =
        new PolicyLimits(
            List.of(
                new Budget(first, Duration.ofMinutes(20)),
                new Budget(first + 2, Duration.ofMinutes(60))),
            Duration.ofSeconds(60),
            Duration.ofSeconds(dice.any(List.of(30, 90))),
            Duration.ofMinutes(3),
            new FleetLimit(dice.between(1, 2), dice.in(0.5) ? 0.4 : 0.7, Duration.ofMinutes(8)));
    this.mode = dice.in(0.9) ? Mode.ACT : dice.any(List.of(Mode.values()));
    servers.forEach(server -> all.add(target(dice, server)));
    this.present = List.copyOf(all);
  }

  private static Target target(Dice dice, Server server) {
    boolean agent = server.hasUnit;
    Target.Ssh ssh =
        new Target.Ssh(server.name, 22, "selfheal", FILES, agent ? null : "docker restart ollama");
    String unit = agent ? "ollama-" + server.name + ".service" : null;
    List<String> command = agent ? List.of() : List.of("docker", "restart", server.name);
    return new Target(
        server.name,
        Match.on(Map.of("instance", server.name + ":9100")),
        server.remote
            ? new Target.Control(unit, List.of(), ssh)
            : new Target.Control(unit, command),
        URI.create("http://127.0.0.1:11434"),
        new Target.RecoveryLimits(
            Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), dice.in(0.85)));
  }

  Managed managed() {
    return new Managed(present, Set.of(ALERT, OTHER_ALERT), mode, new RemediationPolicy(limits));
  }

  /** The target's name; targets that are not configured at present have theirs, too. */
  String nameOf(String actuator) {
    return all.stream()
        .filter(target -> target.actuator().key().equals(actuator))
        .map(Target::name)
        .findFirst()
        .orElseThrow();
  }

  Target target(String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  Mode mode() {
    return mode;
  }

  boolean has(String target) {
    return present.stream().anyMatch(each -> each.name().equals(target));
  }

  void change(Mode other) {
    mode = other;
  }

  void without(String target) {
    present = all.stream().filter(each -> !each.name().equals(target)).toList();
  }

  void whole() {
    present = List.copyOf(all);
  }
}
