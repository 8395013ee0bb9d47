package dev.selfheal.demo;

import java.util.List;

/** The demo ends without having shown what it promises; the message is one line for its user. */
public final class DemoFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final transient List<String> details;

  private DemoFailed(int exitCode, String sentence, List<String> details) {
    super(sentence);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
  }

  /** Something did not happen. */
  static DemoFailed notShown(String sentence) {
    return new DemoFailed(1, sentence, List.of());
  }

  /** The machine lacks what the user's wish needs. */
  static DemoFailed impossible(String sentence) {
    return new DemoFailed(2, sentence, List.of());
  }

  /** The same failure with lines of logs that may explain it. */
  DemoFailed explainedBy(List<String> lines) {
    return new DemoFailed(exitCode, sentence(), lines);
  }

  /** 1 if something did not happen, 2 if the wish cannot be fulfilled on this machine. */
  public int exitCode() {
    return exitCode;
  }

  /** What did not happen, and where to look. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** The ends of the logs that may explain it. */
  public List<String> details() {
    return details;
  }
}
