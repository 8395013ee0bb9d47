package dev.selfheal.exporter.detect;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the detector makes of everything it has seen so far.
 *
 * @param loading whether a model is being loaded
 * @param calls what is known of the calls from the server to its runners
 * @param sinceProgress time since any runner made progress; null if none was ever seen to
 * @param uninterruptible how long the server or a runner has been in state D in every sample
 * @param suspects runners that are busy for nobody one can see, the longest first: only a canary
 *     can tell whether they are left behind
 * @param blind what could not be known
 */
public record Verdict(
    Condition condition,
    boolean loading,
    Calls calls,
    @Nullable Duration sinceProgress,
    Duration uninterruptible,
    List<RunnerId> suspects,
    Set<Blind> blind) {
  public Verdict {
    suspects = List.copyOf(suspects);
    blind = Set.copyOf(blind);
  }

  /**
   * The calls from the server to its runners.
   *
   * @param inFlight how many are alive; null where that cannot be seen
   * @param oldest how long the oldest has been there
   * @param silent how long the most silent has gone without a byte, whatever the GPU does
   */
  public record Calls(@Nullable Integer inFlight, Duration oldest, Duration silent) {}
}
