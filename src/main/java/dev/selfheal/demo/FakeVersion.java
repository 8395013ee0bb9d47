package dev.selfheal.demo;

/** A version of Ollama that the fake can be. */
public enum FakeVersion {
  /** Its runner is {@code ollama runner}; connections between the two are kept open. */
  POOLED("0.24.0", "ollama runner", 4096),
  /** Its runner is {@code llama-server}; each call has a connection of its own. */
  PER_CALL("0.32.15", "llama-server", 512);

  private final String number;
  private final String runner;
  private final int backlog;

  FakeVersion(String number, String runner, int backlog) {
    this.number = number;
    this.runner = runner;
    this.backlog = backlog;
  }

  /** What {@code /api/version} says. */
  public String number() {
    return number;
  }

  /** How a runner's command line begins: a file name, which may hold a space. */
  String runner() {
    return runner;
  }

  /** The length of a runner's accept queue. */
  int backlog() {
    return backlog;
  }
}
