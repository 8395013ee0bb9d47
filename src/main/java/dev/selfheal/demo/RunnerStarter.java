package dev.selfheal.demo;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts runners, with a command line like that of the real ones. */
final class RunnerStarter {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Setting setting;
  private final Time time;

  RunnerStarter(Setting setting, Time time) {
    this.setting = setting;
    this.time = time;
  }

  /** Starts one and waits until its model is loaded. */
  RunnerHandle start(FakeModel model, int loadMillis) throws IOException, InterruptedException {
    int port = Sockets.freePort();
    List<String> argv = argv(model, port, loadMillis);
    boolean perCall = setting.version() == FakeVersion.PER_CALL;
    log(
        perCall ? "llama_server.go:433" : "server.go:433",
        "starting " + (perCall ? "llama-server" : "runner") + "\" cmd=\"" + String.join(" ", argv));
    long began = time.ticker().getAsLong();
    RunnerHandle runner = start(argv, new RunnerLine(setting.version(), port));
    while (runner.isAlive() && !Integer.valueOf(200).equals(runner.line().health(10_000))) {
      time.pauser().pause(POLL);
    }
    double seconds = (time.ticker().getAsLong() - began) / 1e9;
    log(
        perCall ? "llama_server.go:1362" : "server.go:1394",
        String.format(
            Locale.ROOT,
            "%s started in %.2f seconds",
            perCall ? "llama-server" : "llama runner",
            seconds));
    return runner;
  }

  private RunnerHandle start(List<String> argv, RunnerLine line) throws IOException {
    Path seed = setting.folder().resolve("seed.pid");
    if (Files.exists(seed)) {
      return sow(seed, argv, line);
    }
    Process process =
        new ProcessBuilder(argv)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new RunnerHandle(process.toHandle(), process.getOutputStream(), line);
  }

  /**
   * Lets a child that was there before this program become the runner: Java does not know it, so
   * when it dies nobody reaps it.
   */
  private RunnerHandle sow(Path seed, List<String> argv, RunnerLine line) throws IOException {
    long pid = Long.parseLong(Files.readString(seed).strip());
    Files.delete(seed);
    ProcessHandle child =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("the seed has died"));
    OutputStream fifo = Files.newOutputStream(setting.folder().resolve("seed"), WRITE);
    RunnerHandle runner = new RunnerHandle(child, fifo, line);
    argv.forEach(runner::command);
    runner.command("");
    return runner;
  }

  private List<String> argv(FakeModel model, int port, int loadMillis) {
    List<String> argv = new ArrayList<>(setting.java(setting.version().runner()));
    argv.add(FakeRunner.class.getName());
    argv.addAll(List.of("--model", setting.blobs().resolve(model.blob()).toString()));
    argv.addAll(List.of("--port", Integer.toString(port)));
    argv.addAll(List.of("--host", "127.0.0.1"));
    argv.addAll(List.of("--fake", setting.version().name()));
    argv.addAll(List.of("--load-millis", Integer.toString(loadMillis)));
    if (setting.gpu()) {
      Path gpu = setting.folder().resolve("gpu");
      argv.addAll(List.of("--gpu-file", gpu.toString()));
      argv.addAll(List.of("--megabytes", Long.toString(model.memory() >> 20)));
    }
    return argv;
  }

  private void log(String source, String message) {
    System.err.printf(
        "time=%s level=INFO source=%s msg=\"%s\"%n", time.clock().instant(), source, message);
  }
}
