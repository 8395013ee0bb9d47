package dev.selfheal.remedy;

import java.util.HashSet;
import java.util.List;

/**
 * The stronger actions of a target, for an incident in which a restart did not help.
 *
 * @param steps the weakest first, each at most once, {@link Action#RESTART} not among them
 * @param command argv of {@link Action#COMMAND} on this host; empty without such a step, and for a
 *     target of another host, which knows its command itself
 */
public record Ladder(List<Action> steps, List<String> command) {

  /** No stronger action: each attempt is a restart. */
  public static final Ladder NONE = new Ladder(List.of(), List.of());

  public Ladder {
    steps = List.copyOf(steps);
    command = List.copyOf(command);
    if (steps.contains(Action.RESTART) || new HashSet<>(steps).size() < steps.size()) {
      throw new IllegalArgumentException("a ladder has each stronger action at most once");
    }
  }

  /** Whether this is one of its steps. */
  public boolean has(Action action) {
    return steps.contains(action);
  }

  /** How far up it is; the restart, and what is no step of it any more, stand below all steps. */
  int height(Action action) {
    return steps.indexOf(action);
  }
}
