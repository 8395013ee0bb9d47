package dev.selfheal.action;

import java.util.List;

/** Tells from what a host says whether a GPU has gone that only a boot brings back. */
final class LostGpu {
  /** nvidia-smi's exit code for a lost GPU. */
  private static final String EXIT = "exit=15";

  /** In nvidia-smi's words, and in the kernel's. */
  private static final List<String> WORDS =
      List.of("GPU is lost", "Unable to determine the device handle", "has fallen off the bus");

  private LostGpu() {}

  static boolean in(List<String> gpu, List<String> journal) {
    return gpu.contains(EXIT)
        || gpu.stream().anyMatch(LostGpu::says)
        || journal.stream().anyMatch(LostGpu::says);
  }

  private static boolean says(String line) {
    return WORDS.stream().anyMatch(line::contains);
  }
}
