package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.probe.Tool.Ran;
import java.time.Duration;
import java.util.List;

/** Runs the tools of GPUs where all others run: what hangs there is never started twice. */
record RunnerTool(ToolRunner tools) implements Tool {

  @Override
  public Ran run(List<String> argv, Duration limit) throws InterruptedException {
    ToolResult result = tools.run(argv, limit);
    if (result instanceof ToolResult.Ended ended) {
      return new Ran.Exited(ended.status(), ended.output() + ended.errors());
    } else if (result instanceof ToolResult.TimedOut) {
      return new Ran.Late(); // If the kill did not work, the runner tells so at the next call.
    } else if (result instanceof ToolResult.Stuck) {
      return new Ran.Unkillable();
    }
    return new Ran.Absent(result.why());
  }
}
