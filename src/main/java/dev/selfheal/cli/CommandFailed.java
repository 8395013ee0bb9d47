package dev.selfheal.cli;

/** A command that ends without having done its work; the message is one line for its user. */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final boolean passing;

  private CommandFailed(int exitCode, boolean passing, String sentence) {
    super(Harmless.text(sentence));
    this.exitCode = exitCode;
    this.passing = passing;
  }

  /** What was asked for was not done, or is not so: exit code 1. */
  static CommandFailed notDone(String sentence) {
    return new CommandFailed(1, false, sentence);
  }

  /** The receiver cannot answer at the moment; it may be able to a little later: exit code 1. */
  static CommandFailed forNow(String sentence) {
    return new CommandFailed(1, true, sentence);
  }

  /** The command line or the configuration is wrong: exit code 2. */
  static CommandFailed badInput(String sentence) {
    return new CommandFailed(2, false, sentence);
  }

  int exitCode() {
    return exitCode;
  }

  /** Whether the command line or the configuration is wrong. */
  boolean isWrongUsage() {
    return exitCode == 2;
  }

  /** Whether asking again a little later makes sense. */
  boolean isPassing() {
    return passing;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** The stack says nothing that the sentence does not. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
