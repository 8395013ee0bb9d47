package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.List;

/** Runs programs, and leaves what they write on a tape. */
public record TapedTools(ToolRunner tools, Tape tape) implements ToolRunner {

  @Override
  public ToolResult run(List<String> argv, Duration limit) throws InterruptedException {
    ToolResult result = tools.run(argv, limit);
    if (result instanceof ToolResult.Ended ended && ended.whole()) {
      tape.ran(argv, ended.output());
    }
    return result;
  }
}
