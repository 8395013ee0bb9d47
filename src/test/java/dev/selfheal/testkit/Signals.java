package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java cannot send by itself. */
final class Signals {

  private Signals() {}

  /** Sends a signal, such as {@code STOP}, to one process, and waits until it is sent. */
  static void send(String signal, long pid) {
    try {
      Process kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -s $0 $1", signal, Long.toString(pid))
              .inheritIO()
              .start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -s " + signal + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
