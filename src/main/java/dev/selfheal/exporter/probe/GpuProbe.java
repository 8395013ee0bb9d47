package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.util.ArrayList;
import java.util.List;

/** Looks at all GPUs of the host, of either maker. For one thread at a time. */
public final class GpuProbe {

  /** Below this a GPU is idle, 0 to 1. */
  private static final double IDLE = 0.05;

  /**
   * What a processor's own graphics has as memory, at most, in bytes. Beside a real GPU it shows
   * the desktop, and its load must not look like the model's.
   */
  private static final long SCREEN_MEMORY = 1L << 30;

  private final NvidiaProbe nvidia;
  private final AmdProbe amd;

  public GpuProbe(NvidiaProbe nvidia, AmdProbe amd) {
    this.nvidia = nvidia;
    this.amd = amd;
  }

  /** What all of them show now: NVIDIA's first. */
  public Gpus read() throws InterruptedException {
    return join(nvidia.read(), amd.read());
  }

  /** The worst news wins: a lost one, then one that cannot be read. */
  static Gpus join(Gpus first, Gpus second) {
    if (first instanceof Gpus.Lost || second instanceof Gpus.Lost) {
      return first instanceof Gpus.Lost ? first : second;
    }
    if (first instanceof Gpus.Unreadable || second instanceof Gpus.Unreadable) {
      return first instanceof Gpus.Unreadable ? first : second;
    }
    if (first instanceof Gpus.Seen one && second instanceof Gpus.Seen other) {
      return both(one, withoutScreens(other, one.gpus()));
    }
    Gpus only = first instanceof Gpus.None ? second : first;
    return only instanceof Gpus.Seen seen ? withoutScreens(seen, seen.gpus()) : only;
  }

  /** Whether one of them works, or may. */
  static boolean someBusy(List<Gpu> gpus) {
    return gpus.stream().anyMatch(gpu -> gpu.utilization() == null || gpu.utilization() >= IDLE);
  }

  private static Gpus both(Gpus.Seen one, Gpus.Seen other) {
    List<Gpu> gpus = new ArrayList<>(one.gpus());
    gpus.addAll(other.gpus());
    return new Gpus.Seen(gpus, users(one, other));
  }

  /** The idle ones have no user that matters. */
  private static Attribution users(Gpus.Seen one, Gpus.Seen other) {
    if (!someBusy(other.gpus()) || one.attribution().equals(other.attribution())) {
      return one.attribution();
    }
    return someBusy(one.gpus()) ? new Attribution.Nobody() : other.attribution();
  }

  private static Gpus.Seen withoutScreens(Gpus.Seen seen, List<Gpu> beside) {
    return new Gpus.Seen(withoutScreens(seen.gpus(), beside), seen.attribution());
  }

  /** Leaves the small ones out where there is another. */
  static List<Gpu> withoutScreens(List<Gpu> gpus, List<Gpu> beside) {
    boolean another = beside.stream().anyMatch(gpu -> !isSmall(gpu));
    return another ? gpus.stream().filter(gpu -> !isSmall(gpu)).toList() : gpus;
  }

  private static boolean isSmall(Gpu gpu) {
    return gpu.memoryTotal() != null && gpu.memoryTotal() < SCREEN_MEMORY;
  }
}
