package dev.selfheal.cli;

import java.util.ArrayList;
import java.util.List;

/** Puts words of a command line together. */
final class Args {
  private Args() {}

  static String[] of(String command, String[] some, String... others) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(some));
    words.addAll(List.of(others));
    return words.toArray(String[]::new);
  }
}
