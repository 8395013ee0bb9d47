package dev.selfheal.exporter.simulation;

/**
 * A model that is installed.
 *
 * @param blob the file name of its weights
 * @param size bytes in memory
 * @param vram the share of it that goes to the GPU, 0 to 1
 */
record Model(String name, String blob, String digest, long size, double vram) {
  private static final long MIB = 1 << 20;

  static Model of(int number, long megabytes, double vram) {
    String digits = "%064x".formatted(0x5eed0000L + number * 7919L);
    return new Model(
        "model%d:latest".formatted(number), "sha256-" + digits, digits, megabytes * MIB, vram);
  }

  long sizeVram() {
    return (long) (size * vram);
  }

  long megabytesOnGpu() {
    return sizeVram() / MIB;
  }
}
