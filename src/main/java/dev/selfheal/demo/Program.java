package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that the demo runs as a process of its own, with a log. */
final class Program {
  private static final int PATIENCE_SECONDS = 5;
  private static final int SHOWN = 6;

  private final String name;
  private final Path log;
  private final Process process;

  private Program(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param folder where its log is written
   * @param environment what it has besides the demo's own environment
   */
  static Program start(String name, List<String> argv, Path folder, Map<String, String> environment)
      throws IOException {
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().remove("JOURNAL_STREAM"); // Its log goes to a file.
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return new Program(name, log, process);
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has written. */
  String log() throws IOException {
    return new String(Files.readAllBytes(log), UTF_8);
  }

  /** The end of its log, each line with its name. */
  List<String> lastLines() {
    try {
      List<String> lines = log().lines().toList();
      return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()).stream()
          .map(line -> name + ": " + line)
          .toList();
    } catch (IOException e) {
      return List.of(name + ": its log cannot be read: " + e.getMessage());
    }
  }

  /** Asks it to end. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it has ended, and kills it if it takes too long. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
