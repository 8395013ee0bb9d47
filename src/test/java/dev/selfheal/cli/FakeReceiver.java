package dev.selfheal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver's API that answers what a test tells it to, and remembers what it was asked. */
final class FakeReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A status with a body. */
  record Answer(int status, String body) {}

  /**
   * A request.
   *
   * @param what such as {@code GET /api/v1/targets}, with the query
   */
  record Asked(String what, String authorization, String type, String body) {}

  FakeReceiver() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** Behind this server, which is not started yet. */
  FakeReceiver(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers this from now on; several answers come one after the other, the last stays. */
  FakeReceiver answers(String what, int status, String body) {
    answers.computeIfAbsent(what, key -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Asked> asked() {
    return Collections.unmodifiableList(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(
          new Asked(
              what, header(exchange, "Authorization"), header(exchange, "Content-Type"), body));
      Answer answer = next(what);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"selfheal\"");
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer next(String what) {
    Deque<Answer> left = answers.getOrDefault(what, new ArrayDeque<>());
    synchronized (left) {
      Answer answer = left.size() > 1 ? left.poll() : left.peek();
      return answer == null ? new Answer(404, "") : answer;
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
