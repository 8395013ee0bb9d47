package dev.selfheal.exporter.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request for inference, from the client's question to its end. */
final class Call {

  /** How far it is. */
  enum Phase {
    WAITING,
    PREFILL,
    GENERATE,
    /** The client does not read what it is sent. */
    BLOCKED,
    OVER
  }

  /**
   * What the client asks for. Times are in milliseconds.
   *
   * @param stream whether the answer is sent piece by piece
   * @param bytesPerSecond that the runner sends while it generates
   * @param blockedFor how long the client stops reading; 0 for never
   * @param patience after which the client gives up
   */
  record Wish(
      Model model,
      boolean stream,
      long prefill,
      long generate,
      long bytesPerSecond,
      long blockedFor,
      long patience) {}

  final Wish wish;

  /** The client's connection to the API. */
  final Socket client;

  /** Told when it is over; true if it was answered. */
  final Consumer<Boolean> then;

  Phase phase = Phase.WAITING;
  final long since;
  boolean canary;

  /** The connection from the server to the runner; null while it waits. */
  @Nullable Socket upstream;

  @Nullable Runner runner;

  Call(Wish wish, Socket client, long since, Consumer<Boolean> then) {
    this.wish = wish;
    this.client = client;
    this.since = since;
    this.then = then;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }
}
