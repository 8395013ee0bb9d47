package dev.selfheal.app;

/** The program cannot start; the message says in one line what, where, and what to do. */
public final class StartupException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean usersMistake;

  private StartupException(String message, boolean usersMistake) {
    super(message);
    this.usersMistake = usersMistake;
  }

  /** The configuration is to blame. */
  static StartupException configuration(String message) {
    return new StartupException(message, true);
  }

  /** The machine is to blame. */
  static StartupException machine(String message) {
    return new StartupException(message, false);
  }

  /** Whether the configuration is to blame, rather than the machine. */
  public boolean usersMistake() {
    return usersMistake;
  }
}
