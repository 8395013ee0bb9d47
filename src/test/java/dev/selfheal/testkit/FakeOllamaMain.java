package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A stand-in for {@code ollama serve} as a process of its own: it answers {@code /api/version}. */
public final class FakeOllamaMain {

  private FakeOllamaMain() {}

  /** Serves until it is killed, on the port of loopback that the first argument names. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/api/version", FakeOllamaMain::version);
    server.start();
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
