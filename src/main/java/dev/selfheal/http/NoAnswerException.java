package dev.selfheal.http;

/** Says in one line why a question over HTTP got no answer that can be used. */
public final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param why one line for an operator, of printable ASCII
   */
  public NoAnswerException(String why) {
    super(why);
  }

  NoAnswerException(NoAnswer answer) {
    this(answer.why());
  }

  /** Why, in one line. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
