package dev.selfheal.alertmanager;

/** Says in one line why a question over HTTP got no answer that can be used. */
final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String why) {
    super(why);
  }

  /** Why, in one line. */
  String why() {
    return String.valueOf(getMessage());
  }
}
