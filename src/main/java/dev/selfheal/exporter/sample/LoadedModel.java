package dev.selfheal.exporter.sample;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code /api/ps}.
 *
 * @param expiresAt when it will be unloaded; centuries ahead for {@code keep_alive: -1}; null if
 *     missing
 * @param size bytes in memory
 * @param sizeVram bytes of them on the GPU
 * @param contextLength tokens; 0 where the version does not say
 * @param blob the file name of its weights ({@code sha256-…}), which names its runner; null if not
 *     known
 */
public record LoadedModel(
    String name,
    @Nullable Instant expiresAt,
    long size,
    long sizeVram,
    int contextLength,
    @Nullable String blob) {

  /** The share of it on the GPU, 0 to 1; 0 for a model without a size. */
  public double vramRatio() {
    return size <= 0 ? 0 : Math.min(1.0, (double) sizeVram / size);
  }
}
