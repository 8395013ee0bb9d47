package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The states of a process over the samples. */
final class States {
  private ProcessState last = ProcessState.OTHER;
  private @Nullable Duration stoppedSince;
  private @Nullable Duration uninterruptibleSince;
  private @Nullable Duration lastStuck;

  void add(Duration at, ProcessState state) {
    last = state;
    stoppedSince = since(state == ProcessState.STOPPED, stoppedSince, at);
    uninterruptibleSince = since(state == ProcessState.UNINTERRUPTIBLE, uninterruptibleSince, at);
    if (state == ProcessState.ZOMBIE || state == ProcessState.UNINTERRUPTIBLE) {
      lastStuck = at;
    }
  }

  ProcessState last() {
    return last;
  }

  /** Since when it has been stopped in every sample; null if it is not. */
  @Nullable Duration stoppedSince() {
    return stoppedSince;
  }

  /** Since when it has been in state D in every sample; null if it is not. */
  @Nullable Duration uninterruptibleSince() {
    return uninterruptibleSince;
  }

  /** How long it has been in state D in every sample. */
  Duration uninterruptible(Duration at) {
    return uninterruptibleSince == null ? Duration.ZERO : at.minus(uninterruptibleSince);
  }

  /** When it was last seen in state Z or D; null if never. */
  @Nullable Duration lastStuck() {
    return lastStuck;
  }

  private static @Nullable Duration since(boolean now, @Nullable Duration before, Duration at) {
    return !now ? null : before == null ? at : before;
  }
}
