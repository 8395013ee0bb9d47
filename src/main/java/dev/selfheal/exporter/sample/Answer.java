package dev.selfheal.exporter.sample;

import java.time.Duration;

/**
 * What came of asking one route of Ollama's API.
 *
 * @param <T> what a good answer holds
 */
public sealed interface Answer<T> {

  /** 200, and understood. */
  record Good<T>(T body, Duration took) implements Answer<T> {}

  /**
   * Some other answer over HTTP. The server is alive.
   *
   * @param why one line
   */
  record Odd<T>(String why) implements Answer<T> {}

  /** Nothing listens there: the connection was refused, or the host does not exist. */
  record Refused<T>(String why) implements Answer<T> {}

  /**
   * Connected or not, no answer came within the limit, or the connection broke.
   *
   * @param after how long it was waited
   */
  record Silent<T>(Duration after) implements Answer<T> {}

  /** Not asked in this round, or an earlier question has not been answered yet. */
  record NotAsked<T>() implements Answer<T> {}
}
