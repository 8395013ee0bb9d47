package dev.selfheal.demo;

import java.time.Duration;

/**
 * How fast a runner works.
 *
 * @param rate tokens a second
 * @param prefill how long a prompt takes to be read
 * @param reading what the prompt is read with
 */
record Pace(int rate, Duration prefill, Reading reading) {

  /** How a prompt is read. */
  enum Reading {
    /** By the GPU, one core beside it. */
    GPU,
    /** By the CPU; the log shows how far. */
    CPU,
    /** By the CPU, and the log shows nothing. */
    SILENT_CPU
  }

  static final Pace USUAL = new Pace(30, Duration.ZERO, Reading.GPU);
}
