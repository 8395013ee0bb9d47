package dev.selfheal.child;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A small program that runs: no shell, a clean environment, {@code /} as the working directory. Its
 * outputs are read only as far as something is there already: a program that hangs in the kernel,
 * or one that it leaves behind, may hold the other end for ever, and a read would wait as long. For
 * one thread.
 */
public final class Child implements AutoCloseable {
  /** How long to wait for the end before the pipes are looked at: they hold 64 KiB. */
  public static final Duration LOOK = Duration.ofMillis(20);

  /** More than a pipe holds, and an end to reading from a process that was left behind. */
  private static final int REST_READS = 16;

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Process process;
  private final LongSupplier nanoTime;
  private final Map<InputStream, Sink> pipes = new LinkedHashMap<>();
  private final byte[] buffer = new byte[64 << 10];

  /** Takes what a program writes. */
  @FunctionalInterface
  public interface Sink {

    /** Takes the first {@code length} bytes of the buffer, which is used again afterwards. */
    void add(byte[] buffer, int length);
  }

  /**
   * How a program is started.
   *
   * @param argv looked up in this process's own PATH
   * @param variables that it gets beside a usual PATH; nothing is inherited, because this process's
   *     environment may hold secrets
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   * @param input what it reads, at most the 64 KiB that a pipe holds; nothing if it is empty
   */
  public record Start(
      List<String> argv, Map<String, String> variables, LongSupplier nanoTime, String input) {

    /** A program that reads nothing. */
    public Start(List<String> argv, Map<String, String> variables, LongSupplier nanoTime) {
      this(argv, variables, nanoTime, "");
    }

    /** Starts it, with both its outputs in one. */
    public Child writing(Sink output) throws IOException {
      Child child = new Child(builder().redirectErrorStream(true).start(), nanoTime);
      child.pipes.put(child.process.getInputStream(), output);
      child.feed(input);
      return child;
    }

    /** Starts it, with its outputs apart. */
    public Child writing(Sink output, Sink errors) throws IOException {
      Child child = new Child(builder().start(), nanoTime);
      child.pipes.put(child.process.getInputStream(), output);
      child.pipes.put(child.process.getErrorStream(), errors);
      return child;
    }

    private ProcessBuilder builder() {
      ProcessBuilder builder = new ProcessBuilder(argv).directory(new File("/"));
      if (input.isEmpty()) {
        builder.redirectInput(new File("/dev/null"));
      }
      builder.environment().clear();
      builder.environment().put("PATH", PATH);
      builder.environment().putAll(variables);
      return builder;
    }
  }

  private Child(Process process, LongSupplier nanoTime) {
    this.process = process;
    this.nanoTime = nanoTime;
  }

  /** One that ends before it has read all does not want it. */
  private void feed(String input) {
    if (input.isEmpty()) {
      return;
    }
    try (OutputStream pipe = process.getOutputStream()) {
      pipe.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Its exit status will say what was wrong.
    }
  }

  /** The process, to be ended or asked for its exit status. */
  public Process process() {
    return process;
  }

  /**
   * Waits until it ends, and takes what it writes meanwhile.
   *
   * @return false if it still runs when the time is over
   */
  public boolean endsWithin(Duration limit) throws InterruptedException {
    long began = nanoTime.getAsLong();
    while (process.isAlive()) {
      long left = limit.toNanos() - (nanoTime.getAsLong() - began);
      if (left <= 0) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!readSome()) {
        process.waitFor(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
      }
    }
    return true;
  }

  /** Takes what it has written and is there now; whether there was anything. */
  public boolean readSome() {
    boolean some = false;
    for (Map.Entry<InputStream, Sink> each : pipes.entrySet()) {
      some |= readSome(each.getKey(), each.getValue());
    }
    return some;
  }

  /** Takes what is left in its pipes. */
  public void readRest() {
    for (int i = 0; i < REST_READS && readSome(); i++) {}
  }

  /** Stops listening; a process that was left behind is told so when it writes. */
  @Override
  public void close() {
    pipes.keySet().forEach(Child::close);
  }

  private static void close(InputStream pipe) {
    try {
      pipe.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }

  private boolean readSome(InputStream pipe, Sink into) {
    try {
      int ready = Math.min(pipe.available(), buffer.length);
      int count = ready > 0 ? pipe.read(buffer, 0, ready) : 0;
      into.add(buffer, Math.max(count, 0));
      return count > 0;
    } catch (IOException e) {
      return false; // closed by the other side
    }
  }
}
