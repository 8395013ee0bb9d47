package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What decides which threshold applies to a runner.
 *
 * @param cores it uses
 * @param resident whether its model is known to be on the GPU
 * @param linesSince since when the log would show its progress; null if it does not
 */
record Traits(
    RunnerView view,
    double cores,
    boolean resident,
    GpuMeter gpu,
    States states,
    @Nullable Duration linesSince) {
  /** The incident spins near one core; more than two is work on the CPU. */
  private static final double WORK_ON_CPU = 2.0;

  /**
   * Since when, at the earliest from the start of the clock, the GPU has been idle in every
   * reading; null if it is not, or was busy meanwhile, or the work may be on the CPU.
   */
  @Nullable Duration gpuIdleSince(Duration clock) {
    Duration idle = gpu.idleSince();
    Duration busy = gpu.lastBusy();
    boolean flickered = busy != null && busy.compareTo(clock) > 0;
    if (idle == null || flickered || !resident || worksOnCpu() || !view.shared().counted()) {
      return null;
    }
    return idle.compareTo(clock) > 0 ? idle : clock;
  }

  /** Whether progress since then could not have been missed. */
  boolean progressWouldShow(Duration clock) {
    boolean lines = linesSince != null && linesSince.compareTo(clock) <= 0;
    return gpuIdleSince(clock) != null || lines;
  }

  boolean stopped() {
    return states.last() == ProcessState.STOPPED;
  }

  private boolean worksOnCpu() {
    return view.process().imagesOnCpu() || cores > WORK_ON_CPU;
  }
}
