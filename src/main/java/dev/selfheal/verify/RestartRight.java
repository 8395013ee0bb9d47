package dev.selfheal.verify;

import dev.selfheal.action.Polkit;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges what systemd says to somebody who asks for a restart that it never does. */
final class RestartRight {
  /** There is no systemd, or one that is too old for the mode, or nobody came so far as to ask. */
  private static final List<String> CANNOT_BE_ASKED =
      List.of(
          "not been booted with systemd",
          "systemctl is missing",
          "cannot run program \"systemctl\"",
          "failed to execute systemctl",
          "unknown job mode",
          "job mode triggering invalid",
          Sight.NOBODY);

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
    if (Polkit.denied(said)) {
      return new Failed(
          who + " may not restart " + unit + ": " + said,
          "let SELFHEAL_UNITS in /etc/polkit-1/rules.d/60-ollama-selfheal.rules on that host name it;"
              + " a lost file: apt-get install --reinstall -o"
              + " Dpkg::Options::=--force-confmiss ./ollama-selfheal_*_all.deb");
    }
    Optional<CheckResult> open = open(said);
    return open.isPresent() ? open.get() : unproven(unit, said, who);
  }

  /** That nobody could be asked; empty if somebody was. */
  static Optional<CheckResult> open(String said) {
    String words = said.toLowerCase(Locale.ROOT);
    if (words.contains("no such verb")) {
      return Optional.of(
          new NotApplicable(
              "the host agent there is older and cannot be asked; install this version there"));
    }
    return CANNOT_BE_ASKED.stream().anyMatch(words::contains)
        ? Optional.of(new NotApplicable("systemd cannot be asked: " + firstLine(said)))
        : Optional.empty();
  }

  /** Also if nothing is said: where polkit is masked systemctl does nothing, and ends well. */
  private static CheckResult unproven(String unit, String said, String who) {
    String line = firstLine(said);
    return new Failed(
        "that %s may restart %s could not be proven: %s"
            .formatted(who, unit, line.isEmpty() ? "systemctl said nothing" : line),
        "systemctl status polkit.service dbus.service, on that host; systemctl unmask"
            + " polkit.service; systemctl restart polkit.service");
  }

  static String firstLine(String said) {
    return said.strip().lines().findFirst().orElse("");
  }
}
