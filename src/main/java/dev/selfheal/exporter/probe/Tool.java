package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.List;

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

    /** The limit passed, and it was killed. If that fails, the next call finds it unkillable. */
    record Late() implements Ran {}

    /** It was not started, because an earlier one was killed and is still there. */
    record Unkillable() implements Ran {}

    /** There is no such program, or it may not be run. */
    record Absent(String why) implements Ran {}
  }
}
