package dev.selfheal.cli;

/**
 * Chooses how log lines look: with the priorities that journald reads where the journal listens,
 * with a time elsewhere. Must run before the first logger is asked for.
 */
final class JournalLog {

  private JournalLog() {}

  static void choose() {
    boolean journal = System.getenv("JOURNAL_STREAM") != null;
    System.setProperty("selfheal.log", journal ? "JOURNAL" : "TERMINAL");
  }
}
