package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of {@code selfheal demo}, from the jar that is shipped, with a folder of its own for
 * temporary files.
 */
public final class DemoProcess implements RealProgram {
  private static final String JAR = "selfheal.jar";

  private final OwnFolder folder = new OwnFolder("demo-test");
  private final Path temporary = folder.path().resolve("tmp");
  private final RealProcess process;

  /** Starts one with these options. */
  public DemoProcess(String... options) {
    try {
      Files.createDirectory(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> argv = new ArrayList<>();
    // A shell lets what it runs in the background ignore SIGINT, and that is inherited.
    argv.addAll(List.of("env", "--default-signal"));
    // On a host whose language has digits of its own.
    argv.add("JDK_JAVA_OPTIONS=-Duser.language=ar -Duser.country=EG");
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    argv.add("-Djava.io.tmpdir=" + temporary);
    argv.add("-jar");
    argv.add(Path.of(System.getProperty(JAR, "target/" + JAR)).toAbsolutePath().toString());
    argv.add("demo");
    argv.addAll(List.of(options));
    process = RealProcess.start("demo", folder.path(), argv);
  }

  /** The files that it has left in the folder for temporary files, or has there now. */
  public List<Path> files() {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processes but itself on whose command line that folder stands. */
  public List<String> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(each -> each.pid() != process.pid())
          .flatMap(each -> each.info().commandLine().stream())
          .filter(line -> line.contains(temporary + "/"))
          .toList();
    }
  }

  /** Sends a signal to that one of its processes on whose command line this word stands. */
  public void signal(String name, String word) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      ProcessHandle found =
          all.filter(each -> isOurs(each.info().commandLine().orElse(""), word))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no process: " + word));
      Signals.send(name, found.pid());
    }
  }

  private boolean isOurs(String line, String word) {
    return line.contains(temporary + "/") && line.contains(" " + word + " ");
  }

  /** Sends it a signal, such as {@code INT}. */
  public void signal(String name) {
    process.signal(name);
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration limit) {
    return process.endsWithin(limit);
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return process.exitCode();
  }

  @Override
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
