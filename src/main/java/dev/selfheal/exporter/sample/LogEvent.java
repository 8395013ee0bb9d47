package dev.selfheal.exporter.sample;

/** A line of the server's log that says something about its work. */
public sealed interface LogEvent {

  /** A runner reads a prompt or writes tokens ({@code print_timing}, {@code progress = …}). */
  record Progress() implements LogEvent {}

  /** Any other line that a runner wrote: proof that the runners' lines can be read here. */
  record RunnerSpoke() implements LogEvent {}

  /** A runner was started and loads its model. */
  record LoadStarted() implements LogEvent {}

  /** It is loaded. */
  record LoadFinished() implements LogEvent {}

  /**
   * A request for inference was answered ({@code [GIN]}).
   *
   * @param status of HTTP
   * @param route what kind it was
   */
  record Completed(int status, Route route) implements LogEvent {}

  /** The kinds of routes that run a model. */
  enum Route {
    /** May be streamed: a 200 is also logged for a stream that was given up. */
    STREAMING,
    /** Over in milliseconds; its connections are never seen. */
    EMBEDDING
  }
}
