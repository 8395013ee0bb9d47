package dev.selfheal.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is wrong with several targets together, though each is right. */
final class TargetConflicts {
  private static final String AMBIGUOUS =
      ", and an alert that matches two targets restarts neither";

  private final List<TargetDraft> targets;
  private final Problems problems;

  private TargetConflicts(List<TargetDraft> targets, Problems problems) {
    this.targets = targets;
    this.problems = problems;
  }

  static void report(List<TargetDraft> targets, Problems problems) {
    TargetConflicts conflicts = new TargetConflicts(targets, problems);
    conflicts.reportNames();
    conflicts.reportActuators();
    conflicts.reportMatches();
    conflicts.reportUrls();
  }

  private void reportNames() {
    forEachRepeated(
        TargetDraft::name,
        (first, second) ->
            problems.error(
                second.section().place("name"),
                first.section().place().path() + " has the same name; give each its own"));
  }

  private void reportActuators() {
    forEachRepeated(
        TargetDraft::actuator,
        (first, second) -> {
          String key = second.actuatorKey();
          problems.error(
              second.section().place(key),
              first.title() + " restarts by the same " + key + "; make them one target");
        });
  }

  private void reportMatches() {
    for (TargetDraft target : targets) {
      targets.stream()
          .filter(other -> isShadowedBy(target, other))
          .findFirst()
          .ifPresent(
              other ->
                  problems.error(
                      target.section().place("match"),
                      "every alert that matches also matches " + other.title() + AMBIGUOUS));
    }
  }

  /** Whether the other matches all that the target does; of two equal ones the later is blamed. */
  private boolean isShadowedBy(TargetDraft target, TargetDraft other) {
    Map<String, String> wanted = target.match();
    Map<String, String> others = other.match();
    if (wanted == null || others == null || !wanted.entrySet().containsAll(others.entrySet())) {
      return false;
    }
    return !wanted.equals(others)
        || other.section().place().offset() < target.section().place().offset();
  }

  private void reportUrls() {
    forEachRepeated(
        TargetDraft::api,
        (first, second) ->
            problems.warning(
                second.section().place("ollama_url"),
                first.title()
                    + " has the same URL, so the recovery of one will be taken for the other's"));
  }

  @FunctionalInterface
  private interface Conflict {
    void between(TargetDraft first, TargetDraft second);
  }

  private void forEachRepeated(Function<TargetDraft, @Nullable Object> trait, Conflict conflict) {
    Map<Object, TargetDraft> holders = new HashMap<>();
    for (TargetDraft target : targets) {
      Object value = trait.apply(target);
      TargetDraft first = value == null ? null : holders.putIfAbsent(value, target);
      if (first != null) {
        conflict.between(first, target);
      }
    }
  }
}
