package dev.selfheal.dispatch.injection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What keeps automatic action off targets, as the test knows it: pauses and latches. */
final class Orders {
  private static final String ALL = "*";

  private final Map<String, Instant> pauses = new HashMap<>();
  private final Map<Long, String> latched = new HashMap<>();

  private static String scope(@Nullable String target) {
    return target == null ? ALL : target;
  }

  /**
   * Automatic action is paused.
   *
   * @param until by the receiver's clock
   */
  void pause(@Nullable String target, Instant until) {
    pauses.put(scope(target), until);
  }

  void resume(@Nullable String target) {
    if (target == null) {
      pauses.clear();
      latched.clear();
    } else {
      pauses.remove(target);
      latched.values().removeIf(target::equals);
    }
  }

  void latch(long incident, String target) {
    latched.put(incident, target);
  }

  boolean latched(long incident) {
    return latched.containsKey(incident);
  }

  boolean paused(String target, Instant clock) {
    return clock.isBefore(pauses.getOrDefault(ALL, Instant.MIN))
        || clock.isBefore(pauses.getOrDefault(target, Instant.MIN));
  }
}
