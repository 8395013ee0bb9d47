package dev.selfheal.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of a program that checks files, to its end.
 *
 * @param output all that it has printed, to stdout and to stderr
 */
public record ToolRun(int exitCode, String output) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * Runs Prometheus' checker. File names are absolute: it runs in a folder of its own.
   *
   * @throws AssertionError if it is not installed, or runs for more than a minute
   */
  public static ToolRun promtool(String... arguments) {
    return run(DebianProgram.PROMTOOL, arguments);
  }

  /** Runs Alertmanager's checker, like {@link #promtool}. */
  public static ToolRun amtool(String... arguments) {
    return run(DebianProgram.AMTOOL, arguments);
  }

  /** Runs Debian's shell, like {@link #promtool}. */
  public static ToolRun dash(String... arguments) {
    return run(DebianProgram.DASH, arguments);
  }

  /** Runs the checker of shell scripts, like {@link #promtool}. */
  public static ToolRun shellcheck(String... arguments) {
    return run(DebianProgram.SHELLCHECK, arguments);
  }

  /** Runs OpenSSH's maker of keys, like {@link #promtool}; nothing is asked. */
  public static ToolRun sshKeygen(String... arguments) {
    return run(DebianProgram.SSH_KEYGEN, arguments);
  }

  /** Runs the checker of Debian's packages, like {@link #promtool}. */
  public static ToolRun lintian(String... arguments) {
    return run(DebianProgram.LINTIAN, arguments);
  }

  /** Runs what packs and unpacks Debian's packages, like {@link #promtool}. */
  public static ToolRun dpkgDeb(String... arguments) {
    return run(DebianProgram.DPKG_DEB, arguments);
  }

  /** Runs the checker of systemd's units, like {@link #promtool}. */
  public static ToolRun systemdAnalyze(String... arguments) {
    return run(DebianProgram.SYSTEMD_ANALYZE, arguments);
  }

  /**
   * Runs commands that use Prometheus' and Alertmanager's checkers, in this folder, where they
   * leave {@code tool.log}.
   */
  public static ToolRun shell(Path folder, String commands) {
    Stream.of(DebianProgram.PROMTOOL, DebianProgram.AMTOOL).forEach(DebianProgram::path);
    return run(folder, List.of("sh", "-c", commands), LIMIT);
  }

  /**
   * Types a line in the root of the repository.
   *
   * @throws AssertionError if it runs for longer
   */
  public static ToolRun typed(String line, Duration limit) {
    String there = "cd \"$1\" && " + line;
    String root = Path.of("").toAbsolutePath().toString();
    return inOwnFolder(List.of("sh", "-c", there, "sh", root), limit);
  }

  private static ToolRun run(DebianProgram program, String... arguments) {
    return inOwnFolder(
        Stream.concat(Stream.of(program.path().toString()), Stream.of(arguments)).toList(), LIMIT);
  }

  private static ToolRun inOwnFolder(List<String> argv, Duration limit) {
    try (OwnFolder folder = new OwnFolder("tool")) {
      return run(folder.path(), argv, limit);
    }
  }

  private static ToolRun run(Path folder, List<String> argv, Duration limit) {
    try (RealProcess process = RealProcess.start("tool", folder, argv)) {
      if (!process.endsWithin(limit)) {
        throw new AssertionError(String.join(" ", argv) + " runs for more than " + limit);
      }
      return new ToolRun(process.exitCode(), process.log());
    }
  }
}
