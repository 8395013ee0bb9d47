package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The readings of the GPUs. A host without any has none of these but {@code ollama_gpu_lost}. */
final class GpuMetrics {

  private GpuMetrics() {}

  static void add(Gpus gpus, Families families) {
    families
        .gauge("ollama_gpu_readable", "Whether the GPUs could be read.")
        .add(gpus instanceof Gpus.None ? null : (Boolean) (gpus instanceof Gpus.Seen));
    families
        .gauge("ollama_gpu_lost", "Whether a GPU fell off the bus or hangs its driver.")
        .add(gpus instanceof Gpus.Unreadable ? null : (Boolean) (gpus instanceof Gpus.Lost));
    if (gpus instanceof Gpus.Seen seen) {
      addAll(seen.gpus(), families);
    }
  }

  private static void addAll(List<Gpu> gpus, Families families) {
    each(gpus, families, "utilization_ratio", "Share of time that it was busy.", Gpu::utilization);
    each(gpus, families, "memory_used_bytes", "Memory in use.", Gpu::memoryUsed);
    each(gpus, families, "memory_total_bytes", "Memory it has.", Gpu::memoryTotal);
    each(gpus, families, "temperature_celsius", "Temperature.", Gpu::temperature);
    each(gpus, families, "power_watts", "Power that it draws.", Gpu::power);
    Families.Family info =
        families.gauge("ollama_gpu_info", "Always 1; names the GPU.", "gpu", "uuid", "name");
    gpus.stream()
        .map(Gpu::index)
        .distinct()
        .forEach(index -> info.add(1, index, first(gpus, index).uuid(), first(gpus, index).name()));
  }

  private static void each(
      List<Gpu> gpus,
      Families families,
      String name,
      String help,
      Function<Gpu, @Nullable Number> reading) {
    Families.Family family = families.gauge("ollama_gpu_" + name, help, "gpu");
    gpus.forEach(gpu -> family.add(reading.apply(gpu), gpu.index()));
  }

  private static Gpu first(List<Gpu> gpus, String index) {
    return gpus.stream().filter(gpu -> gpu.index().equals(index)).findFirst().orElseThrow();
  }
}
