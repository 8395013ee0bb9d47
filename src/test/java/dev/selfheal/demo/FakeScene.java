package dev.selfheal.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A fake Ollama with clients, and a look at its sockets and processes from outside. */
final class FakeScene implements AutoCloseable {
  static final String ENDLESS = "{\"model\":\"slow\",\"prompt\":\"hi\",\"stream\":false}";
  static final String SHORT =
      "{\"model\":\"slow\",\"prompt\":\"hi\",\"stream\":false,\"options\":{\"num_predict\":3}}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeOllama fake;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A row of {@code ss -tinHO}. */
  record Row(String state, int unread, int unsent, int port, long sent, long received) {}

  FakeScene(Path folder, FakeOllama.Kind kind) throws Exception {
    fake = FakeOllama.start(Files.createDirectory(folder), kind);
  }

  FakeOllama fake() {
    return fake;
  }

  CompletableFuture<HttpResponse<String>> ask(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(fake.uri().resolve(path))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** A client that can leave: a process of its own. */
  Process client(String body) throws IOException {
    return client("/api/generate", body);
  }

  /** The same for another route; its connection is its own. */
  Process client(String path, String body) throws IOException {
    return new ProcessBuilder("curl", "-s", "-o", "/dev/null", "-d", body, fake.uri() + path)
        .start();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, Duration.ofSeconds(20));
  }

  HttpResponse<String> get(String path, Duration limit) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(fake.uri().resolve(path)).timeout(limit).build();
    return http.send(request, BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path).body());
  }

  /** The model {@code slow} is in memory, and idle. */
  FakeScene loaded() {
    if (ask("/api/generate", SHORT).join().statusCode() != 200) {
      throw new AssertionError("the fake does not generate");
    }
    return this;
  }

  /** The model generates for a client that does not leave. */
  FakeScene generating() {
    loaded();
    var unused = ask("/api/generate", ENDLESS);
    await().until(() -> rows(port()).stream().anyMatch(row -> row.sent() > 300));
    return this;
  }

  long runner() {
    return runner("slow:latest");
  }

  long runner(String model) {
    try {
      return fake.runners().getOrDefault(model, 0L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port of that runner. */
  int port() {
    return port(runner());
  }

  /** The port that a runner listens on. */
  static int port(long runner) {
    String line = text("cat", "/proc/" + runner + "/cmdline").replace('\0', ' ');
    Matcher port = Pattern.compile("--port (\\d+)").matcher(line);
    return port.find() ? Integer.parseInt(port.group(1)) : 0;
  }

  List<Row> rows(int port) {
    return text("ss", "-tinHO", "sport = :" + port).lines().map(FakeScene::row).toList();
  }

  /** Bytes that the runner has sent on all connections that are there. */
  long sent() {
    return rows(port()).stream().mapToLong(Row::sent).sum();
  }

  /** The third field of a process's stat. */
  static String state(long pid) {
    return stateIn(text("cat", "/proc/" + pid + "/stat"));
  }

  static String stateIn(String stat) {
    int end = stat.lastIndexOf(')');
    return end < 0 ? "" : stat.substring(end + 2, end + 3);
  }

  static void signal(String name, long pid) {
    text("sh", "-c", "kill -s " + name + " " + pid);
  }

  static Duration cpu(long pid) {
    return ProcessHandle.of(pid).flatMap(each -> each.info().totalCpuDuration()).orElseThrow();
  }

  static String text(String... argv) {
    try {
      Process process =
          new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] words = line.split(" +", -1);
    String local = words[3];
    return new Row(
        words[0],
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(local.substring(local.lastIndexOf(':') + 1)),
        number(line, "bytes_sent"),
        number(line, "bytes_received"));
  }

  private static long number(String line, String name) {
    Matcher number = Pattern.compile(name + ":(\\d+)").matcher(line);
    return number.find() ? Long.parseLong(number.group(1)) : 0;
  }

  @Override
  public void close() throws IOException {
    fake.close();
  }
}
