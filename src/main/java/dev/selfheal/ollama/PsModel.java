package dev.selfheal.ollama;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model in a server's memory, as {@code /api/ps} lists it.
 *
 * @param digest names the model's manifest, not its weights; empty where the server does not say
 * @param expiresAt when it will be unloaded; centuries ahead for {@code keep_alive: -1}; null if
 *     missing
 * @param size bytes in memory
 * @param sizeVram bytes of them on the GPU
 * @param contextLength tokens; 0 where the version does not say
 */
public record PsModel(
    String name,
    String digest,
    @Nullable Instant expiresAt,
    long size,
    long sizeVram,
    int contextLength) {

  /** From this share of it in video memory on, a model runs on the GPU. */
  private static final double RESIDENT = 0.9;

  /** Whether it runs on the GPU; a model without a size does not. */
  public boolean onGpu() {
    return size > 0 && sizeVram >= RESIDENT * size;
  }
}
