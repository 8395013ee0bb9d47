package dev.selfheal.exporter.sample;

/** How a server talks to its runners. */
public enum Dialect {
  /** Before Ollama 0.30: one idle connection stays open, so a connection alone is no request. */
  POOLED,
  /** Ollama 0.30 and later ({@code llama-server}): one connection is one call that is alive. */
  CONNECTION_PER_CALL
}
