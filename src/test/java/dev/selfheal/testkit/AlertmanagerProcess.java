package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Alertmanager of the Debian package, on a free port of loopback and with a folder of its
 * own. Ready when constructed; {@link #close} ends the process and removes the folder.
 */
public final class AlertmanagerProcess implements AutoCloseable {
  /** The argument that keeps an Alertmanager alone, without any port for a cluster. */
  public static final String ALONE = "--cluster.listen-address=";

  private static final String PROGRAM = "prometheus-alertmanager";
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final URI uri;
  private final Process process;

  /**
   * Starts an Alertmanager and waits until it is ready.
   *
   * @param config the text of its configuration file
   * @param extraArgs further arguments: {@link #ALONE}, or {@code --cluster.listen-address=} and
   *     {@code --cluster.peer=} with addresses from {@link #freeAddress}
   */
  public AlertmanagerProcess(String config, String... extraArgs) {
    String address = freeAddress();
    uri = URI.create("http://" + address);
    try {
      folder = Files.createTempDirectory("selfheal-alertmanager");
      Files.writeString(folder.resolve("alertmanager.yml"), config);
      process = start(address, extraArgs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Returns HOST:PORT of loopback with a port that nobody listened on a moment ago. */
  public static String freeAddress() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns its base address, without a slash at the end. */
  public URI uri() {
    return uri;
  }

  /** Returns everything that it has written to its log. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Posts JSON to a path of its API and returns the answer.
   *
   * @throws IOException if the status is not 200
   */
  public String post(String path, String json) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(json.getBytes(UTF_8));
    return answer(connection);
  }

  /** Kills the process, if it does not end when asked, and removes its folder. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    removeFolder();
  }

  private Process start(String address, String... extraArgs) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(findOnPath().toString());
    command.add("--config.file=" + folder.resolve("alertmanager.yml"));
    command.add("--storage.path=" + folder.resolve("data"));
    command.add("--web.listen-address=" + address);
    command.addAll(List.of(extraArgs));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static Path findOnPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    PROGRAM
                        + " is not on the PATH; install the Debian package prometheus-alertmanager:"
                        + " apt-get install prometheus-alertmanager"));
  }

  private void awaitReady() {
    try {
      await("Alertmanager is ready").atMost(START_LIMIT).until(this::ready);
    } catch (RuntimeException | Error e) {
      String log = log();
      close();
      throw new AssertionError("Alertmanager did not start. Its log:\n" + log, e);
    }
  }

  private boolean ready() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("Alertmanager ended with exit code " + process.exitValue());
    }
    try {
      return open("/-/ready").getResponseCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(uri + path).toURL().openConnection();
    connection.setConnectTimeout(5_000);
    connection.setReadTimeout(5_000);
    return connection;
  }

  private static String answer(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void removeFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
