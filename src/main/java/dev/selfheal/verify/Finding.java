package dev.selfheal.verify;

/**
 * What came of one check.
 *
 * @param target the name of the target that it is about; empty if it concerns them all
 */
public record Finding(CheckName name, String target, CheckResult result) {

  /** Whether the link is broken. */
  public boolean failed() {
    return result instanceof CheckResult.Failed;
  }

  /** Whether this says something about the target. */
  boolean concerns(String name) {
    return target.isEmpty() || target.equals(name);
  }
}
