package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.demo.TableRow.Check;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.testkit.HostExporter;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fake Ollama, and the shipped exporter that looks at it as at a real one. */
final class Stage implements AutoCloseable {
  private static final Duration NEXT_PAGE = Duration.ofSeconds(40);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration FOUND = Duration.ofSeconds(150);
  private static final Duration POLL = Duration.ofMillis(100);

  private final FakeScene scene;
  private final HostExporter exporter;
  private final Path page;
  private final Duration interval;
  private final List<Closeable> clients = new ArrayList<>();
  private boolean fresh = true;
  private long froze;
  private double last;
  private String verdict = "";

  /** Something that is done to the fake. */
  @FunctionalInterface
  interface Deed {

    /** Does it. */
    void run() throws Exception;
  }

  /**
   * @param interval of the exporter's looks
   * @param settings more lines of its configuration
   */
  Stage(Path folder, FakeOllama.Kind kind, Duration interval, List<String> settings)
      throws Exception {
    this.interval = interval;
    scene = new FakeScene(folder, kind);
    page = folder.resolve("ollama.prom");
    exporter = new HostExporter(scene.fake().tools(), config(folder) + String.join("", settings));
  }

  private String config(Path folder) {
    return """
    exporter:
      interval: %ds
      ollama_url: %s
      textfile: %s
      state: %s
      unit: selfheal-test.service
    """
        .formatted(interval.toSeconds(), fake().uri(), page, folder.resolve("state.json"));
  }

  FakeScene scene() {
    return scene;
  }

  FakeOllama fake() {
    return scene.fake();
  }

  Outside runner() {
    return Outside.of(scene, "slow:latest");
  }

  /** A new server, which the exporter sees and finds well. */
  void begin() throws Exception {
    leave();
    fake().gpu("ok");
    if (!fresh) {
      fake().restart();
    }
    fresh = false;
    double now = System.currentTimeMillis() / 1e3;
    await("a page of the new server")
        .atMost(START)
        .pollInterval(POLL)
        .until(this::sight, sight -> sight.at() > now && sight.up() && sight.sees());
    Sight first = next();
    assertThat(first.duration()).as("the stall before anything happened").isZero();
  }

  /** The model generates for a client that does not leave, and the exporter has seen it do so. */
  void generates() {
    scene.generating();
    awaitSeen(1);
  }

  /** A model is in memory, and the exporter has seen its runner. */
  void loads() {
    scene.loaded();
    await("a model is seen").atMost(START).until(() -> next().models() == 1);
    next();
  }

  /** So many calls are seen to be alive, for two pages: what was calm just now is given time. */
  void awaitSeen(int calls) {
    await("calls are seen").atMost(START).until(() -> next().inFlight() == calls);
    next();
  }

  /** A client that can leave. */
  Process client(String path, String body) throws IOException {
    Process client = scene.client(path, body);
    clients.add(client::destroy);
    return client;
  }

  /** A client that asks for a stream and never reads it. */
  void clientThatDoesNotRead(String body) throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setReceiveBufferSize(2048);
    socket.connect(new InetSocketAddress("127.0.0.1", fake().uri().getPort()));
    HttpText.send(
        socket.getOutputStream(),
        "POST /api/generate HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body));
  }

  /** The deed that makes it freeze. */
  void freezes(Deed deed) throws Exception {
    froze = System.nanoTime();
    deed.run();
  }

  Duration sinceFreeze() {
    return Duration.ofNanos(System.nanoTime() - froze);
  }

  /** For so long the state is there, and is not taken for a freeze; returns the last page. */
  Sight isNotFrozen(Duration time, Check check) throws Exception {
    long began = System.nanoTime();
    int pages = 0;
    Sight sight = next();
    for (; System.nanoTime() - began < time.toNanos(); sight = next()) {
      pages++;
      assertThat(sight.frozen()).as("taken for a freeze: %s", sight).isFalse();
      check.look(sight);
    }
    assertThat(pages).as("pages in %s", time).isGreaterThan(2);
    verdict = "healthy for %d s; at the end %s".formatted(time.toSeconds(), sight);
    return sight;
  }

  /**
   * It is found, not before its threshold and for its reason, while the state is there.
   *
   * @param threshold that applies, at least
   * @param other that does not: the next longer one
   */
  void isFrozen(StallReason reason, Duration threshold, Duration other, Check check)
      throws Exception {
    Sight sight = next();
    for (; !sight.frozen(); sight = next()) {
      check.look(sight);
      assertThat(sinceFreeze()).as("not found: %s", sight).isLessThan(FOUND);
    }
    Duration after = sinceFreeze();
    check.look(sight);
    assertThat(sight.reason()).isEqualTo(reason.label());
    assertThat(sight.threshold()).isBetween(threshold.toMillis() / 1e3, other.toMillis() / 1e3);
    // The clock may have started at the look before the freeze.
    assertThat(after.plus(interval)).isGreaterThan(threshold);
    verdict = "found after %.1f s: %s".formatted(after.toMillis() / 1e3, sight);
  }

  /** The next page that the exporter writes. */
  Sight next() {
    Sight sight =
        await("the next page")
            .atMost(NEXT_PAGE)
            .pollInterval(POLL)
            .until(this::sight, page -> page.at() > last);
    last = sight.at();
    return sight;
  }

  /** What came of the row. */
  String verdict() {
    return verdict;
  }

  /** What the exporter and the fake have logged. */
  String log() throws IOException {
    return exporter.log() + "\n--- the fake\n" + fake().log();
  }

  private Sight sight() throws IOException {
    return Sight.of(Files.exists(page) ? Files.readString(page) : "");
  }

  @Override
  public void close() throws IOException {
    try (scene;
        exporter) {
      leave();
    }
  }

  private void leave() throws IOException {
    for (Closeable client : clients) {
      client.close();
    }
    clients.clear();
  }
}
