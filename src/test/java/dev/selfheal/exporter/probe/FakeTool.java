package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tool that answers each command as it was told to, and remembers what it was asked. */
final class FakeTool implements Tool {
  final List<List<String>> asked = new ArrayList<>();
  private final Map<List<String>, Ran> answers = new HashMap<>();

  FakeTool answers(List<String> argv, int status, String text) {
    return becomes(argv, new Ran.Exited(status, text));
  }

  FakeTool becomes(List<String> argv, Ran ran) {
    answers.put(argv, ran);
    return this;
  }

  @Override
  public Ran run(List<String> argv, Duration limit) {
    asked.add(argv);
    return answers.getOrDefault(argv, new Ran.Absent("no such file"));
  }
}
