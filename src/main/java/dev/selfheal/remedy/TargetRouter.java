package dev.selfheal.remedy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the one target that an alert concerns. No target and more than one are both a reason for no
 * action. Each target is found by the label of its match that it shares with the fewest others, so
 * that an alert costs about one look-up per label, however many targets there are.
 */
public final class TargetRouter {

  private final Map<Map.Entry<String, String>, List<Target>> byLabel = new HashMap<>();
  private final List<Target> byHost = new ArrayList<>();

  public TargetRouter(List<Target> targets) {
    Map<Map.Entry<String, String>, Long> sharedBy =
        targets.stream()
            .flatMap(target -> target.match().labels().entrySet().stream())
            .collect(Collectors.groupingBy(TargetRouter::copy, Collectors.counting()));
    for (Target target : targets) {
      target.match().labels().entrySet().stream()
          .map(TargetRouter::copy)
          .min(Comparator.comparing(label -> sharedBy.getOrDefault(label, 0L)))
          .ifPresentOrElse(
              rarest -> byLabel.computeIfAbsent(rarest, k -> new ArrayList<>()).add(target),
              () -> byHost.add(target));
    }
  }

  /** Where an alert belongs. */
  public sealed interface Route {
    /** It concerns this target alone. */
    record To(Target target) implements Route {}

    /** It concerns no target, or nobody can say which one. */
    record Nowhere(Reason reason) implements Route {}
  }

  /** The route of an alert with these labels. */
  public Route route(Map<String, String> labels) {
    List<Target> found = new ArrayList<>();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      collect(byLabel.getOrDefault(copy(label), List.of()), labels, found);
    }
    collect(byHost, labels, found);
    return switch (found.size()) {
      case 0 -> new Route.Nowhere(Reason.NO_TARGET);
      case 1 -> new Route.To(found.get(0));
      default -> new Route.Nowhere(Reason.AMBIGUOUS);
    };
  }

  private static void collect(
      List<Target> candidates, Map<String, String> labels, List<Target> found) {
    for (Target candidate : candidates) {
      if (candidate.match().matches(labels)) {
        found.add(candidate);
      }
    }
  }

  private static Map.Entry<String, String> copy(Map.Entry<String, String> label) {
    return Map.entry(label.getKey(), label.getValue());
  }
}
