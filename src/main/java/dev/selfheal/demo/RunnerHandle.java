package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A runner as its server sees it: a child process, and a line to it. */
final class RunnerHandle {
  private final ProcessHandle process;
  private final OutputStream commands;
  private final RunnerLine line;

  /**
   * @param commands its standard input
   */
  RunnerHandle(ProcessHandle process, OutputStream commands, RunnerLine line) {
    this.process = process;
    this.commands = commands;
    this.line = line;
  }

  RunnerLine line() {
    return line;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Tells the runner what the demo or a test wants it to do. */
  void command(String words) {
    try {
      commands.write((words + "\n").getBytes(UTF_8));
      commands.flush();
    } catch (IOException e) {
      // It has died, and so obeys no more.
    }
  }

  /** Ends it, also if it is stopped, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      process.onExit().get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // One that nobody reaps stays as a zombie.
    }
  }
}
