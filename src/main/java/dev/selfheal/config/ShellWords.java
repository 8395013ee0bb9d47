package dev.selfheal.config;

import java.util.List;
import java.util.stream.Collectors;

/** Words as one line of a shell: what a login shell is given by sshd, which knows no words. */
final class ShellWords {
  private ShellWords() {}

  /**
   * A line that sh takes for exactly these words: each in single quotes, where nothing is special.
   */
  static String quote(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
