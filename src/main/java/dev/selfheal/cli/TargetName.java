package dev.selfheal.cli;

import java.util.regex.Pattern;

/** The form that the names of targets have; nothing else is put into a path. */
final class TargetName {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");

  private TargetName() {}

  /**
   * The name, fit to stand in a path.
   *
   * @throws CommandFailed if no target can have this name
   */
  static String inPath(String name) {
    if (!FORM.matcher(name).matches()) {
      throw CommandFailed.badInput(
          "'" + name + "' cannot be a target's name: selfheal status shows them");
    }
    return name;
  }
}
