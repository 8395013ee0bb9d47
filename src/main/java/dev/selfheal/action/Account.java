package dev.selfheal.action;

import dev.selfheal.remedy.Attempt.Result;
import java.util.ArrayList;
import java.util.List;

/** What was done and seen in an attempt so far, in lines, for people. */
final class Account {
  /** The output of a command has at most 8 KiB, all else together less than this. */
  private static final int MAX_CHARS = 12 << 10;

  private final List<String> lines = new ArrayList<>();

  /** Adds a line, or what a command wrote. */
  void add(String line) {
    if (!line.isEmpty()) {
      lines.add(line);
    }
  }

  /** The report of an attempt that has ended so. */
  Report ended(Result result, String last, String evidence) {
    add(last);
    return new Report(result, text(), evidence);
  }

  String text() {
    String text = String.join("\n", lines);
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "...";
  }
}
