package dev.selfheal.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process of {@code selfheal serve}, from the jar that is shipped. */
public final class ReceiverProcess implements RealProgram {
  private static final String JAR = "selfheal.jar";

  private final RealProcess process;
  private final ReceiverHome home;

  private ReceiverProcess(ReceiverHome home, RealProcess process) {
    this.home = home;
    this.process = process;
  }

  /** Starts one and waits until it is ready. */
  public static ReceiverProcess ready(ReceiverHome home) {
    return start(home).awaitReady();
  }

  /** Starts one and does not wait. */
  public static ReceiverProcess start(ReceiverHome home) {
    return startThrough(home, List.of());
  }

  /** Starts one through a command that runs what it is given, such as {@code env NAME=VALUE}. */
  public static ReceiverProcess startThrough(ReceiverHome home, List<String> command) {
    List<String> argv = new ArrayList<>(command);
    argv.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            jar().toString(),
            "serve",
            "--config.file=" + home.folder().resolve("selfheal.yml")));
    return new ReceiverProcess(home, RealProcess.start("receiver", home.folder(), argv));
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty(JAR, "target/" + JAR)).toAbsolutePath();
    if (!Files.isReadable(jar)) {
      throw new AssertionError(jar + " is missing; build it: mvn package");
    }
    return jar;
  }

  /**
   * Waits until it is ready.
   *
   * @throws AssertionError with its log if it ends or takes 20 seconds
   */
  public ReceiverProcess awaitReady() {
    process.awaitReady(home.client().at("/-/ready"));
    return this;
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration limit) {
    return process.endsWithin(limit);
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return process.exitCode();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Asks it to end, as a service manager does. */
  public void terminate() {
    process.signal("TERM");
  }

  /** Kills it with SIGKILL; what it has started lives on. */
  public void kill() {
    process.kill();
  }

  /** Tells it to read its configuration again. */
  public void reload() {
    process.signal("HUP");
  }

  /** What all processes of this home have written. */
  @Override
  public String log() {
    return process.log();
  }

  /** Ends the process; the home stays. */
  @Override
  public void close() {
    process.close();
  }
}
