package dev.selfheal.exporter.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server's log since the last look, in the words of the recorded ones. */
final class LogBook {
  private static final int MOST = 40;
  private final boolean kept;
  private List<String> lines = new ArrayList<>();

  LogBook(boolean kept) {
    this.kept = kept;
  }

  /** What was written since the last time. */
  List<String> take() {
    List<String> taken = lines;
    lines = new ArrayList<>();
    return taken;
  }

  void add(String line) {
    if (kept && lines.size() < MOST) {
      lines.add(line);
    }
  }

  void answered(int status, long took, String path) {
    if (kept) {
      String time = took < 1_000 ? took + ".25ms" : took < 60_000 ? took / 1000.0 + "s" : "1m24s";
      add(
          "[GIN] 2026/11/22 - 02:20:43 | "
              + status
              + " |   "
              + time
              + " |       127.0.0.1 | POST     \""
              + path
              + "\"");
    }
  }

  void callStarted(HostKind kind) {
    if (kept && !kind.pooled()) {
      add("slot launch_slot_: id  0 | task 3 | processing task, is_child = 0");
    }
  }

  void progress(double share) {
    add(
        "slot print_timing: id  0 | task 204 | prompt processing, n_tokens =   2560, progress = "
            + share
            + ", t =  60.76 s / 42.13 tokens per second");
  }

  void generated(long tokens) {
    add(
        "slot print_timing: id  0 | task 3 | n_gen =   "
            + tokens
            + ", tg =  30.19 t/s, tg_3s =  22.47 t/s");
  }

  /** What a runner writes after a call. */
  void finished() {
    add("slot print_timing: id  0 | task 3 |        eval time =     214.37 ms /     3 tokens");
    add("slot      release: id  0 | task 204 | stop processing: n_tokens = 3604, truncated = 0");
  }

  void finished(HostKind kind, Call call, long now) {
    if (!kind.pooled()) {
      finished();
    }
    answered(200, now - call.since, call.canary ? "/api/generate" : "/api/chat");
  }

  void loadStarted(boolean pooled, Runner runner) {
    add(
        "time=2026-11-22T01:35:29.257Z level=INFO source=server.go:433 msg=\"starting %s\" cmd=\"%s\""
            .formatted(
                pooled ? "runner" : "llama-server", "/usr/local/bin/… --port " + runner.port));
  }

  void loadFinished(boolean pooled, long took) {
    add(
        String.format(
            Locale.ROOT,
            "time=2026-11-22T01:35:30.016Z level=INFO source=x.go:1362 msg=\"%s started in %.2f"
                + " seconds\"",
            pooled ? "llama runner" : "llama-server",
            took / 1000.0));
  }
}
