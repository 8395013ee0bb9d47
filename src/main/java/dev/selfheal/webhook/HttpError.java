package dev.selfheal.webhook;

/** A request that is not granted, with its status and one sentence that says why. */
final class HttpError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpError(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** The stack says nothing that the sentence does not. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
