package dev.selfheal.webhook;

/**
 * Says that a receiver cannot speak HTTPS with its files. The message is one line for an operator:
 * which setting, which file, what is wrong, what to do. It never holds any part of a key.
 */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }
}
