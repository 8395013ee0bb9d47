package dev.selfheal.alertmanager;

/**
 * Says that a text is not what Alertmanager sends. The message is one sentence for an operator:
 * what is wrong, where, and what was expected. It is safe to log and to send back: printable ASCII,
 * and of the text itself at most a short piece.
 */
public final class MalformedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPayloadException(String message) {
    super(message);
  }
}
