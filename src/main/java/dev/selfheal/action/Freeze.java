package dev.selfheal.action;

import java.time.Duration;

/**
 * A wish to stop processes of a server for a while.
 *
 * @param most after which they go on by themselves, in whole seconds: {@link #SHORTEST} to one hour
 */
public record Freeze(What what, Duration most) {

  /** The least time that a host arms its timer for. */
  public static final Duration SHORTEST = Duration.ofSeconds(10);

  /** What is stopped. */
  public enum What {
    /** All runners: what clients wait for stands still, and the API answers. */
    RUNNER("runner"),
    /** The server: nothing answers. */
    SERVE("serve");

    private final String word;

    What(String word) {
      this.word = word;
    }

    /** Its name on command lines. */
    public String word() {
      return word;
    }
  }

  /** What the host agent is told. */
  String order() {
    return "freeze-" + what.word + "-" + most.toSeconds();
  }
}
