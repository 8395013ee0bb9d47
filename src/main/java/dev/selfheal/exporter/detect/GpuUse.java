package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;

/** Whether a runner keeps a GPU busy, in one sample. */
enum GpuUse {
  BUSY,
  IDLE,
  UNKNOWN;

  /** From here on a GPU counts as busy. */
  static final double BUSY_RATIO = 0.05;

  /** What is known of one runner's use of the GPUs. */
  static GpuUse of(Gpus gpus, long pid) {
    if (!(gpus instanceof Gpus.Seen seen) || seen.gpus().isEmpty()) {
      return UNKNOWN;
    }
    if (seen.gpus().stream().allMatch(GpuUse::idle)) {
      return IDLE;
    }
    if (seen.attribution() instanceof Attribution.ByProcess by) {
      return share(by, pid);
    }
    boolean busy = seen.gpus().stream().anyMatch(GpuUse::busy);
    return busy && soleUser(seen.attribution(), pid) ? BUSY : UNKNOWN;
  }

  private static GpuUse share(Attribution.ByProcess by, long pid) {
    Double share = by.utilization().get(pid);
    if (share != null) {
      return share >= BUSY_RATIO ? BUSY : IDLE;
    }
    // Some drivers say nothing about an idle process. That is an answer only if another process
    // explains why the GPU is busy. A runner that is not listed may go by another pid there.
    boolean explained = by.utilization().values().stream().anyMatch(any -> any >= BUSY_RATIO);
    return by.unmeasured().contains(pid) && explained ? IDLE : UNKNOWN;
  }

  private static boolean soleUser(Attribution attribution, long pid) {
    return attribution instanceof Attribution.SoleUser sole && sole.pid() == pid;
  }

  private static boolean idle(Gpu gpu) {
    Double ratio = gpu.utilization();
    return ratio != null && ratio < BUSY_RATIO;
  }

  private static boolean busy(Gpu gpu) {
    Double ratio = gpu.utilization();
    return ratio != null && ratio >= BUSY_RATIO;
  }
}
