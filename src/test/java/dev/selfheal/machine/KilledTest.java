package dev.selfheal.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** The JVM of a test that is killed while it has a machine. */
final class KilledTest implements AutoCloseable {
  private final Process process;

  KilledTest() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    process =
        new ProcessBuilder(List.of(java, "-cp", classes, KilledTest.class.getName()))
            .redirectError(Redirect.INHERIT)
            .start();
  }

  /** What that JVM does. */
  public static void main(String[] args) throws IOException {
    Lan lan = new Lan();
    System.out.println(lan.boot("orphan").name() + " is up");
    System.in.read();
    lan.close();
  }

  void awaitBooted() throws IOException {
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    if (!"orphan is up".equals(out.readLine())) {
      throw new AssertionError("it booted no machine, see above");
    }
  }

  ProcessHandle jvm() {
    return process.toHandle();
  }

  /** Kills it with SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
