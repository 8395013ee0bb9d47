package dev.selfheal.action;

import java.time.Duration;

/** The program on a host that tells how its Ollama is doing, and restarts its unit. */
@FunctionalInterface
interface HostAgent {
  /** More than any report comes to: the exporter's page in it has at most 256 KiB. */
  int MOST_REPORT = 512 << 10;

  /**
   * Has it do something; output is all that it wrote, without control characters.
   *
   * @param order a verb's word, or a {@link Freeze}'s
   */
  CommandResult run(String order, Duration limit) throws InterruptedException;

  /** The same for a verb. */
  default CommandResult run(Verb verb, Duration limit) throws InterruptedException {
    return run(verb.word(), limit);
  }

  /** What it can do. */
  enum Verb {
    STATUS("status"),
    EVIDENCE("evidence"),
    RESTART("restart"),
    RESET_FAILED("reset-failed"),
    THAW("thaw"),
    MAY_FREEZE("may-freeze"),
    KILL("kill"),
    LADDER_COMMAND("ladder-command");

    private final String word;

    Verb(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A report of this agent, complete or cut off. */
  default Gathered report(Verb verb, Duration limit) throws InterruptedException {
    CommandResult result = run(verb, limit);
    if (result instanceof CommandResult.NotStarted never) {
      return new Gathered(new HostReport.Unreadable(never.why()), "");
    }
    String text = output(result);
    HostReport report = HostReport.parse(text);
    boolean lost = result instanceof CommandResult.Cut && text.isEmpty();
    return new Gathered(
        lost ? new HostReport.Unreadable(((CommandResult.Cut) result).why()) : report, text);
  }

  private static String output(CommandResult result) {
    if (result instanceof CommandResult.Exited exited) {
      return exited.output();
    }
    return result instanceof CommandResult.TimedOut late
        ? late.output()
        : ((CommandResult.Cut) result).output();
  }
}
