package dev.selfheal.config;

import java.util.List;

/**
 * The stronger actions of a target, for an incident in which a restart did not help.
 *
 * @param steps the weakest first, each at most once
 * @param command argv of {@link Step#COMMAND}, run without a shell; empty without that step, and
 *     for a target of another host
 */
public record LadderConfig(List<Step> steps, List<String> command) {

  /** No stronger action. */
  public static final LadderConfig NONE = new LadderConfig(List.of(), List.of());

  public LadderConfig {
    steps = List.copyOf(steps);
    command = List.copyOf(command);
  }

  /** A stronger action. */
  public enum Step {
    KILL,
    COMMAND
  }
}
