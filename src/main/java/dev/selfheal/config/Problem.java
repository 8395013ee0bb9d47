package dev.selfheal.config;

/**
 * Something in a configuration that is wrong, or that its author should know.
 *
 * @param path where in the YAML, such as {@code targets[1].match.instance}; empty when it concerns
 *     the file as a whole
 * @param message one line that says what is wrong and, where that is not plain, what to do
 */
public record Problem(String path, String message) {

  /** The line to show to the operator. */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
