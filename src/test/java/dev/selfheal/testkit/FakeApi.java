package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The API of an Ollama on loopback, whose answers a test chooses route by route. */
public final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Reaction> reactions = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<Integer> peers = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch held = new CountDownLatch(1);

  /** What is done with a question. */
  @FunctionalInterface
  private interface Reaction {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** A question that came in. */
  public record Asked(String path, String body) {}

  /** Listens, and answers 404 to everything. */
  public FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The base address. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers a route in this way from now on. */
  public FakeApi answer(String path, int status, String body) {
    reactions.put(path, exchange -> reply(exchange, status, body));
    return this;
  }

  /** Keeps the questions of a route without an answer until they are released. */
  public FakeApi hold(String path, String body) {
    reactions.put(
        path,
        exchange -> {
          held.await();
          reply(exchange, 200, body);
        });
    return this;
  }

  /** Answers a route with this piece of text, and no end until it is released. */
  public FakeApi talk(String path, String piece) {
    reactions.put(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(piece.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          held.await();
        });
    return this;
  }

  /** Breaks the connection of whoever asks this. */
  public FakeApi breakOff(String path) {
    reactions.put(path, HttpExchange::close);
    return this;
  }

  /** Answers all that is held. */
  public void release() {
    held.countDown();
    held = new CountDownLatch(1);
  }

  /** All questions so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** How many questions to this route came in. */
  public long asked(String path) {
    return asked.stream().filter(each -> each.path().equals(path)).count();
  }

  /** How many connections were used. */
  public int connections() {
    return peers.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    peers.add(exchange.getRemoteAddress().getPort());
    String path = exchange.getRequestURI().getPath();
    asked.add(new Asked(path, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    Reaction reaction = reactions.getOrDefault(path, e -> reply(e, 404, "404 page not found"));
    try (exchange) {
      reaction.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    release();
    threads.shutdownNow();
    server.stop(0);
  }
}
