package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A fake Ollama on this machine: a server process and its runners, real processes with real
 * sockets. It lives in a folder, outlives restarts there, and ends with the process that made it.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class FakeOllama implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration SCRIPT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Time time = Time.real();
  private final FakeFolder folder;
  private final int port;

  /**
   * What kind of server it is.
   *
   * @param gpu whether its models are on a GPU, which the fake {@code nvidia-smi} shows
   * @param keepAlive how long a model stays in memory without requests, unless one says otherwise
   */
  public record Kind(FakeVersion version, boolean gpu, Duration keepAlive) {
    public static Kind usual(FakeVersion version) {
      return new Kind(version, true, Duration.ofMinutes(5));
    }
  }

  /**
   * Starts one on a free port of loopback, and waits until it answers.
   *
   * @param path an empty folder, which the caller removes after {@link #close}
   * @throws IOException if it does not start, with what its log says
   */
  public static FakeOllama start(Path path, Kind kind) throws IOException, InterruptedException {
    int port = Sockets.freePort();
    FakeOllama fake = new FakeOllama(FakeFolder.make(path, kind, port), port);
    fake.restart();
    return fake;
  }

  private FakeOllama(FakeFolder folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** The base address of its API. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The argv that restarts it, for a receiver; returns before the new server answers. */
  public List<String> restartCommand() {
    return List.of("/bin/sh", folder.script().toString());
  }

  /**
   * A folder for the front of an exporter's {@code PATH}: {@code nvidia-smi}, {@code systemctl} and
   * {@code journalctl} that show this server.
   */
  public Path tools() {
    return folder.tools();
  }

  /** All that the server and its runners have logged. */
  public String log() throws IOException {
    return Files.readString(folder.log());
  }

  /** Ends whatever runs and starts a new server, as the restart command does; waits for it. */
  public void restart() throws IOException, InterruptedException {
    run(restartCommand());
    long began = time.ticker().getAsLong();
    while (!Files.exists(folder.control())) {
      if (time.ticker().getAsLong() - began > START.toNanos()) {
        throw new IOException("the fake Ollama does not start: " + log());
      }
      time.pauser().pause(POLL);
    }
  }

  /** From the next restart on, a runner that dies stays as a zombie; for one runner. */
  public void leaveZombies() throws IOException {
    Files.createFile(folder.path().resolve("unreaped"));
  }

  /** The process of the server. */
  public long serve() throws IOException {
    return Long.parseLong(Files.readString(folder.path().resolve("serve.pid")).strip());
  }

  /** The processes of its runners, by the names of their models. */
  public Map<String, Long> runners() throws IOException {
    Map<String, Long> runners = new LinkedHashMap<>();
    for (String each : command("runners").split(" ", -1)) {
      int at = each.indexOf('=');
      if (at > 0) {
        runners.put(each.substring(0, at), Long.valueOf(each.substring(at + 1)));
      }
    }
    return runners;
  }

  /**
   * Orders it to do something:
   *
   * <ul>
   *   <li>{@code spin [MODEL]}, {@code wait [MODEL]}, {@code go [MODEL]}: the thread that computes
   *       loops for ever, waits for ever, goes on
   *   <li>{@code prefill MILLIS gpu|cpu|silent_cpu}: prompts take so long from the next on; {@code
   *       rate N}: tokens a second
   *   <li>{@code load MILLIS}: loads take so long from the next on
   *   <li>{@code kill [MODEL]}: the runner dies
   *   <li>{@code deadlock}: no request reaches a runner any more; {@code wedge}: the next unload
   *       never ends
   * </ul>
   *
   * A restart ends all of it. SIGSTOP and SIGCONT are the caller's own.
   *
   * @return what it answers
   * @throws IOException if it cannot be reached, or does not know the order
   */
  public String command(String words) throws IOException {
    String[] where = Files.readString(folder.control()).split(" ", -1);
    try (Socket socket = Sockets.connect(Integer.parseInt(where[0]))) {
      HttpText.send(socket.getOutputStream(), where[1] + " " + words + "\n");
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      if (answer.startsWith("wrong") || answer.startsWith("refused")) {
        throw new IOException("the fake Ollama does not obey \"" + words + "\": " + answer);
      }
      return answer;
    }
  }

  /** How the fake {@code nvidia-smi} behaves: its own first lines say which modes there are. */
  public void gpu(String mode) throws IOException {
    Files.writeString(folder.gpu().resolve("mode"), mode);
  }

  /** Ends all of its processes, whatever they do, and waits until they are gone. */
  @Override
  public void close() throws IOException {
    try {
      run(List.of("/bin/sh", folder.script().toString(), "stop"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(List<String> argv) throws IOException, InterruptedException {
    Process script = new ProcessBuilder(argv).inheritIO().start();
    if (!script.waitFor(SCRIPT.toSeconds(), TimeUnit.SECONDS)) {
      script.destroyForcibly();
      throw new IOException("the script of the fake Ollama hangs: " + argv);
    }
  }
}
