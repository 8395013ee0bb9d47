package dev.selfheal.ollama;

/** An answer of the API that is not what Ollama says; the message is part of one line. */
public final class OddBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  public OddBodyException(String why) {
    super(why);
  }

  /** The message. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** Where it came from says nothing that the message does not. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
