package dev.selfheal.exporter.sample;

/** What a process is doing, from field 3 of {@code /proc/PID/stat}. */
public enum ProcessState {
  RUNNING,
  SLEEPING,
  /** {@code D}: waits in the kernel and cannot be killed. */
  UNINTERRUPTIBLE,
  /** {@code T}: stopped by a signal. A process that a debugger traces ({@code t}) is OTHER. */
  STOPPED,
  ZOMBIE,
  OTHER;

  /** The state that a letter of the kernel stands for. */
  public static ProcessState of(char letter) {
    return switch (letter) {
      case 'R' -> RUNNING;
      case 'S', 'I' -> SLEEPING;
      case 'D' -> UNINTERRUPTIBLE;
      case 'T' -> STOPPED;
      case 'Z' -> ZOMBIE;
      default -> OTHER;
    };
  }
}
