package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs one program to its end. */
@FunctionalInterface
interface Tool {

  /** Returns soon after the limit at the latest, even if the program cannot be killed. */
  Ran run(List<String> argv, Duration limit) throws InterruptedException;

  /** What became of it. */
  sealed interface Ran {

    /**
     * It ended.
     *
     * @param text what it wrote to both its outputs
     */
    record Exited(int status, String text) implements Ran {}

    /**
     * The limit passed, and it was killed, if the kernel let it.
     *
     * @param stillThere whether it has not ended to this day
     */
    record Hung(BooleanSupplier stillThere) implements Ran {}

    /** There is no such program, or it may not be run. */
    record Absent(String why) implements Ran {}
  }
}
