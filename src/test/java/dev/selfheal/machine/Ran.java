package dev.selfheal.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that ran to its end: what it was, its exit code and its two outputs. */
public record Ran(List<String> argv, int exitCode, String out, String err) {
  /** What a command reads that needs no input. */
  static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "HOME", "/root",
          "LANG", "C.UTF-8",
          "TERM", "dumb");

  /**
   * What it wrote to stdout, without the last line feeds.
   *
   * @throws AssertionError with both its outputs if its exit code is not 0
   */
  public String output() {
    if (exitCode != 0) {
      throw new AssertionError(this + "failed");
    }
    return out.stripTrailing();
  }

  @Override
  public String toString() {
    return "`%s` (exit code %d)\n%s%s\n".formatted(String.join(" ", argv), exitCode, out, err);
  }

  /**
   * Runs a command on the host, in a clean environment.
   *
   * @throws AssertionError if it takes longer than the limit
   */
  static Ran of(Duration limit, Redirect input, List<String> argv) {
    // Files and no pipes: what it leaves running could hold a pipe for ever.
    Path out = temporary();
    Path err = temporary();
    try {
      Process process =
          builder(argv)
              .redirectInput(input)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      Ran ran = new Ran(argv, ended ? process.exitValue() : -1, read(out), read(err));
      if (!ended) {
        throw new AssertionError(ran + "took longer than " + limit);
      }
      return ran;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + argv, e);
    } finally {
      out.toFile().delete();
      err.toFile().delete();
    }
  }

  /** Like {@link #of}, for a command that reads nothing. */
  static Ran of(Duration limit, List<String> argv) {
    return of(limit, NOTHING, argv);
  }

  private static ProcessBuilder builder(List<String> argv) {
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    return builder;
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("selfheal-ran-", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8); // whatever a program wrote
  }
}
