package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real child process in the place of Ollama, with the script that restarts it. Each restart kills
 * the old process, starts a new one, writes a line to a log, and lets the textfile say "not
 * frozen".
 */
public final class FakeOllamaProcess implements RealProgram {
  private static final String SCRIPT = "restart.sh";
  private static final String BROKEN = "broken";

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final OwnFolder folder = new OwnFolder("fake-ollama");
  private final String address = Loopback.freeAddress();
  private final Path textfile;

  /**
   * Starts it and waits until it answers.
   *
   * @param textfiles the folder of a node_exporter's textfile collector
   */
  public FakeOllamaProcess(Path textfiles) {
    textfile = textfiles.resolve("ollama.prom");
    folder.write(SCRIPT, script());
    folder.write("healthy.prom", metrics(0));
    try (RealProcess first =
        RealProcess.start("first", folder.path(), List.of("/bin/sh", SCRIPT, "first"))) {
      if (!first.endsWithin(START_LIMIT) || first.exitCode() != 0) {
        throw new AssertionError("the fake Ollama cannot be started:\n" + log());
      }
    }
    await("the fake Ollama answers").atMost(START_LIMIT).until(this::answers);
  }

  /** The argv that restarts it. */
  public List<String> restartCommand() {
    return List.of("/bin/sh", folder.path().resolve(SCRIPT).toString());
  }

  /** The base address of its API. */
  public URI uri() {
    return URI.create("http://" + address);
  }

  /** Whether its API answers now. */
  public boolean answers() {
    return Loopback.isOk(URI.create(uri() + "/api/version"));
  }

  /** The process id of the server that was started last. */
  public long pid() {
    return Long.parseLong(folder.read("pid").strip());
  }

  /** One line for each time that the restart command was run. */
  public List<String> restarts() {
    return folder.read("restarts.log").lines().toList();
  }

  /** Stops the process as it is: TCP connects, nothing answers, and the textfile says so. */
  public void freeze() {
    Signals.send("STOP", pid());
    NodeExporterProcess.replace(textfile, metrics(60));
  }

  /** From now on a restart kills the server and starts none. */
  public void breakRestarts() {
    folder.write(BROKEN, "");
  }

  /** From now on a restart starts a server again. */
  public void mendRestarts() {
    folder.remove(BROKEN);
  }

  @Override
  public String log() {
    return folder.read("restarts.log") + folder.read("server.log") + folder.read("first.log");
  }

  @Override
  public void close() {
    String mark = FakeOllamaMain.class.getName() + " " + port();
    ProcessHandle.of(pid())
        .filter(server -> server.info().commandLine().orElse("").contains(mark))
        .ifPresent(ProcessHandle::destroyForcibly);
    folder.close();
  }

  private String port() {
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private String script() {
    return resource("restart.sh")
        .replace("@FOLDER@", folder.path().toString())
        .replace("@FLOCK@", DebianProgram.FLOCK.path().toString())
        .replace("@SETSID@", DebianProgram.SETSID.path().toString())
        .replace("@JAVA@", Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .replace("@CLASSES@", classes().toString())
        .replace("@MAIN@", FakeOllamaMain.class.getName())
        .replace("@PORT@", port())
        .replace("@TEXTFILE@", textfile.toString());
  }

  private static String metrics(int frozenSeconds) {
    return """
    # HELP ollama_frozen_duration_seconds How long requests have waited without progress.
    # TYPE ollama_frozen_duration_seconds gauge
    ollama_frozen_duration_seconds %d
    # HELP ollama_frozen_threshold_seconds How long that may last.
    # TYPE ollama_frozen_threshold_seconds gauge
    ollama_frozen_threshold_seconds 45
    """
        .formatted(frozenSeconds);
  }

  private static Path classes() {
    try {
      return Path.of(
          FakeOllamaMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = FakeOllamaProcess.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the test resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
