package dev.selfheal.demo;

import java.util.List;

/** A command line of options that each have a value. */
record Arguments(List<String> words) {

  String get(String option, String fallback) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 >= words.size() ? fallback : words.get(at + 1);
  }

  int number(String option, int fallback) {
    return Integer.parseInt(get(option, Integer.toString(fallback)));
  }
}
