package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LogEvent;
import java.net.http.HttpResponse.BodyHandler;
import java.util.List;

/**
 * Where probes leave the text that they read, while a recording is made. It changes nothing of what
 * they make of it. Safe for many threads.
 */
public interface Tape {

  /** Keeps nothing. */
  Tape NONE = new Tape() {};

  /** A process was looked at: its arguments, and its line of {@code /proc/PID/stat}. */
  default void process(long pid, String commandLine, String stat) {}

  /** A program has ended well, and wrote this. */
  default void ran(List<String> argv, String output) {}

  /** Takes what a route of the API answers in the same way as this, and keeps a copy. */
  default <T> BodyHandler<T> hear(String route, BodyHandler<T> body) {
    return body;
  }

  /** The server's log said something that counts. */
  default void log(String line, LogEvent event) {}
}
