package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stand-in for {@code ollama serve} as a process of its own: it answers {@code /api/version}, and
 * when it does, the textfile of its exporter says so.
 */
public final class FakeOllamaMain {

  private FakeOllamaMain() {}

  /**
   * Serves until it is killed.
   *
   * <p>Runs from this one file as well ({@code java FakeOllamaMain.java}), so it uses no other
   * class of the project.
   *
   * @param args a port of loopback; then, if there is an exporter to stand in for, a file with the
   *     metrics of a healthy server, which becomes the textfile as soon as this one answers, and
   *     the textfile
   */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/api/version", FakeOllamaMain::version);
    server.start();
    if (args.length == 3) {
      Path next = Files.copy(Path.of(args[1]), Path.of(args[2] + ".next"), REPLACE_EXISTING);
      Files.move(next, Path.of(args[2]), ATOMIC_MOVE);
    }
  }

  private static void version(HttpExchange exchange) throws IOException {
    byte[] body = "{\"version\":\"0.0.0\"}".getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
