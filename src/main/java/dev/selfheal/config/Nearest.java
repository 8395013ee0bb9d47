package dev.selfheal.config;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which word a mistyped one was meant to be. */
final class Nearest {
  /** Two typing errors are a slip; three in a short word make it another word. */
  private static final int FARTHEST = 2;

  private Nearest() {}

  /** "did you mean …?" when a word is near enough, else what there is to choose from. */
  static String hint(String word, Collection<String> candidates) {
    int farthest = Math.min(FARTHEST, word.length() - 1);
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= farthest)
        .filter(candidate -> distance(word, candidate) <= farthest)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .map(candidate -> "did you mean " + candidate + "?")
        .orElseGet(() -> "known here: " + String.join(", ", candidates));
  }

  /** How many characters must be inserted, deleted or replaced to turn one word into the other. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
