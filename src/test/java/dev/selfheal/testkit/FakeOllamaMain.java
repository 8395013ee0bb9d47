package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

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
   * @param args a port of loopback; a file with the metrics of a healthy server, which becomes the
   *     textfile as soon as this one answers; the textfile
   */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/api/version", FakeOllamaMain::version);
    server.start();
    NodeExporterProcess.replace(Path.of(args[2]), Files.readString(Path.of(args[1])));
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
