package dev.selfheal.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A text that must not show up in a log, a message or a page. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The text itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  /** Compares in a time that depends on the candidate's length alone. */
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        candidate.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
