package dev.selfheal.ollama;

/**
 * What came back when a server was asked over HTTP.
 *
 * @param <T> what the body was made into
 */
public sealed interface Reply<T> {

  /** A complete answer over HTTP, of any status. */
  record Given<T>(int status, T body) implements Reply<T> {}

  /** Something answers there, but not in a way that can be read: no HTTP, no TLS, or no end. */
  record Garbled<T>(String why) implements Reply<T> {}

  /** Nothing listens there, or the host name cannot be resolved. */
  record Refused<T>(String why) implements Reply<T> {}

  /** No complete answer came in time, or the connection broke. */
  record Missing<T>(String why) implements Reply<T> {}
}
