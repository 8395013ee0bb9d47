package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Targets {@code gpu-0}, {@code gpu-1} and so on, and the alerts that concern them. */
final class Fleet {
  static final Instant STARTS_AT = Instant.parse("2026-10-31T23:59:00Z");
  static final PolicyLimits LIMITS = limits(new FleetLimit(1, 0.34, Duration.ofMinutes(10)));

  private Fleet() {}

  static PolicyLimits limits(FleetLimit fleet) {
    return new PolicyLimits(
        List.of(new Budget(3, Duration.ofHours(1)), new Budget(7, Duration.ofHours(24))),
        Duration.ofSeconds(60),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        fleet);
  }

  static Managed of(int targets) {
    return of(targets, LIMITS);
  }

  static Managed of(int targets, PolicyLimits limits) {
    return of(IntStream.range(0, targets).mapToObj(Fleet::target).toList(), limits);
  }

  static Managed of(List<Target> targets, PolicyLimits limits) {
    return in(Mode.ACT, targets, limits);
  }

  static Managed approving(int targets) {
    return in(Mode.APPROVE, of(targets).targets(), LIMITS);
  }

  private static Managed in(Mode mode, List<Target> targets, PolicyLimits limits) {
    return new Managed(targets, Set.of("OllamaFrozen"), mode, new RemediationPolicy(limits));
  }

  static Target target(int number) {
    return renamed(number, number);
  }

  /** A target that the alerts of one host concern, and that has the name and command of another. */
  static Target renamed(int host, int number) {
    String name = "gpu-" + number;
    return new Target(
        name,
        Match.on(Map.of("instance", "gpu-" + host + ":9100")),
        new Target.Control(null, List.of("restart", name)),
        URI.create("http://127.0.0.1:11434"),
        new Target.RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }

  static String actuator(int number) {
    return target(number).actuator().key();
  }

  static String fingerprint(int number) {
    return "%016x".formatted(number + 1);
  }

  static Alert firing(int number) {
    return alert(number, AlertStatus.FIRING, STARTS_AT);
  }

  static Alert resolved(int number) {
    return alert(number, AlertStatus.RESOLVED, STARTS_AT);
  }

  static Alert alert(int number, AlertStatus status, Instant startsAt) {
    return alert(
        new AlertKey(fingerprint(number), startsAt),
        status,
        Map.of("alertname", "OllamaFrozen", "instance", "gpu-" + number + ":9100"),
        Map.of());
  }

  static Alert alert(
      AlertKey key,
      AlertStatus status,
      Map<String, String> labels,
      Map<String, String> annotations) {
    return new Alert(key, status, labels, annotations);
  }

  static Payload payload(Alert... alerts) {
    return from("alertmanager", alerts);
  }

  static Payload from(String receiver, Alert... alerts) {
    return new Payload(receiver, 0, List.of(alerts), 0);
  }
}
