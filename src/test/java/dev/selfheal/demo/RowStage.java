package dev.selfheal.demo;

import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.HostExporter;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fake Ollama, and the shipped exporter that looks at it as at a real one. */
final class RowStage implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final FakeScene scene;
  private final HostExporter exporter;
  private final RowWatch watch;
  private final List<Closeable> clients = new ArrayList<>();
  private boolean fresh = true;

  /**
   * @param interval of the exporter's looks
   * @param settings more lines of its configuration
   */
  RowStage(Path folder, FakeOllama.Kind kind, Duration interval, List<String> settings)
      throws Exception {
    scene = new FakeScene(folder, kind);
    watch = new RowWatch(folder.resolve("ollama.prom"), interval);
    String config = config(folder, interval) + String.join("", settings);
    exporter = new HostExporter(scene.fake().tools(), config);
  }

  private String config(Path folder, Duration interval) {
    return """
    exporter:
      interval: %ds
      ollama_url: %s
      textfile: %s/ollama.prom
      state: %s/state.json
      unit: selfheal-test.service
    """
        .formatted(interval.toSeconds(), fake().uri(), folder, folder);
  }

  FakeScene scene() {
    return scene;
  }

  FakeOllama fake() {
    return scene.fake();
  }

  /** What the exporter makes of it. */
  RowWatch watch() {
    return watch;
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
    watch.begin();
  }

  /** The model generates for a client that does not leave, and the exporter has seen it do so. */
  void generates() {
    scene.generating();
    awaitSeen(1);
  }

  /** A model is in memory, and the exporter has seen its runner. */
  void loads() {
    scene.loaded();
    await("a model is seen").atMost(START).until(() -> watch.next().models() == 1);
    watch.next();
  }

  /** So many calls are seen to be alive, for two pages: what was calm just now is given time. */
  void awaitSeen(int calls) {
    await("calls are seen").atMost(START).until(() -> watch.next().inFlight() == calls);
    watch.next();
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
    int port = fake().uri().getPort();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    HttpText.send(
        socket.getOutputStream(),
        "POST /api/generate HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body));
  }

  /** What the exporter and the fake have logged. */
  String log() throws IOException {
    return exporter.log() + "\n--- the fake\n" + fake().log();
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
