package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small programs that answer what they are told to, and note how they were called. */
final class FakeTools implements ToolRunner {
  private final List<String> calls = new ArrayList<>();
  private ToolResult answer = new ToolResult.Missing();

  @Override
  public ToolResult run(List<String> argv, Duration limit) {
    calls.add(String.join(" ", argv));
    return answer;
  }

  void answer(String output) {
    answer = new ToolResult.Ended(0, output, "", true);
  }

  void answer(ToolResult result) {
    answer = result;
  }

  List<String> calls() {
    return calls;
  }
}
