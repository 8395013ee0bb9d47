package dev.selfheal.dispatch;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Permission;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import dev.selfheal.remedy.TargetRouter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the receiver manages, and how, as the configuration of the moment says. Never changes. */
public final class Managed {

  private final List<Target> targets;
  private final Set<String> alertnames;
  private final Map<String, Permission> permissions;
  private final RemediationPolicy policy;
  private final TargetRouter router;
  private final Map<String, Target> byName;
  private final Map<String, Target> byActuator;

  /**
   * @param alertnames the alerts that open an incident
   * @param permissions by the targets' names
   * @throws IllegalStateException if two targets share a name or an actuator
   */
  public Managed(
      List<Target> targets,
      Set<String> alertnames,
      Map<String, Permission> permissions,
      RemediationPolicy policy) {
    this.targets = List.copyOf(targets);
    this.alertnames = Set.copyOf(alertnames);
    this.permissions = Map.copyOf(permissions);
    this.policy = policy;
    this.router = new TargetRouter(targets);
    this.byName =
        targets.stream().collect(Collectors.toUnmodifiableMap(Target::name, Function.identity()));
    this.byActuator =
        targets.stream()
            .collect(Collectors.toUnmodifiableMap(t -> t.actuator().key(), Function.identity()));
  }

  /** The same with one mode for all targets, at every hour. */
  public Managed(
      List<Target> targets, Set<String> alertnames, Mode mode, RemediationPolicy policy) {
    this(
        targets,
        alertnames,
        targets.stream().collect(Collectors.toMap(Target::name, target -> Permission.always(mode))),
        policy);
  }

  /** All targets, in the order of the configuration. */
  public List<Target> targets() {
    return targets;
  }

  /** The alerts that open an incident. */
  public Set<String> alertnames() {
    return alertnames;
  }

  /** How far the receiver may go with one of its targets; with any other it may do nothing. */
  public Permission permission(Target target) {
    return permissions.getOrDefault(target.name(), Permission.always(Mode.OBSERVE));
  }

  /** What decides. */
  public RemediationPolicy policy() {
    return policy;
  }

  /** What finds the target of an alert. */
  public TargetRouter router() {
    return router;
  }

  /** The target with this name. */
  public Optional<Target> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The target that acts on this actuator. */
  public Optional<Target> acting(String actuator) {
    return Optional.ofNullable(byActuator.get(actuator));
  }

  /** A target, as the ledger needs to know it. */
  public static Place place(Target target) {
    return new Place(target.name(), target.actuator().key());
  }
}
