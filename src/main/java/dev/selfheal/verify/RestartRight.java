package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.Locale;

/** Judges what systemd says to somebody who asks for a restart that it never does. */
final class RestartRight {
  private RestartRight() {}

  /**
   * Whether he may.
   *
   * @param said systemctl's words
   * @param who asked, in words
   */
  static CheckResult judge(String unit, String said, String who) {
    String words = said.toLowerCase(Locale.ROOT);
    if (words.contains("only valid for stop")) {
      return new Ok(who + " may restart " + unit);
    }
    if (words.contains("authentication required")
        || words.contains("access denied")
        || words.contains("permission denied")
        || words.contains("not authorized")) {
      return new Failed(
          who + " may not restart " + unit + ": " + said,
          "let SELFHEAL_UNITS in /etc/polkit-1/rules.d/60-ollama-selfheal.rules on that host name it;"
              + " a lost file: apt-get install --reinstall -o"
              + " Dpkg::Options::=--force-confmiss ./ollama-selfheal_*_all.deb");
    }
    if (words.contains("no such verb")) {
      return new NotApplicable(
          "the host agent there is older and cannot be asked; install this version there");
    }
    return new NotApplicable(
        "systemd cannot be asked: " + said.strip().lines().findFirst().orElse(""));
  }
}
