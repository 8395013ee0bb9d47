package dev.selfheal.demo;

/** What a small model of random weights says. */
final class Words {
  private static final String[] SYLLABLES = {"fu", "mo", "fa", "mi", "da", "ba", "hu", "ke", "li"};

  private Words() {}

  /** The token at a place. */
  static String at(int index) {
    String first = SYLLABLES[index * 7 % SYLLABLES.length];
    return " " + first + SYLLABLES[index * 5 % SYLLABLES.length];
  }
}
