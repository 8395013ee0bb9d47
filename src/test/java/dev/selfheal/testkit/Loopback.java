package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP between a test and the programs that it runs. */
public final class Loopback {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  /** Where the demo's programs, too, claim the ports that they will listen on. */
  private static final byte[] CLAIMS = {127, 95, 95, 1};

  private static final int MOST_CLAIMS = 64;
  private static final Deque<ServerSocket> CLAIMED = new ArrayDeque<>();

  /** Begins anywhere: other JVMs run tests, too. */
  private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(PORTS));

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Loopback() {}

  /**
   * HOST:PORT of loopback with a port that nobody listened on a moment ago, that no test of this
   * JVM was given before, and that no connection is given either: those have ports from 32768 on.
   * Other JVMs are kept from it by a claim, while its program starts.
   */
  public static synchronized String freeAddress() {
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        CLAIMED.add(new ServerSocket(port, 1, InetAddress.getByAddress(CLAIMS)));
        if (CLAIMED.size() > MOST_CLAIMS) {
          CLAIMED.remove().close();
        }
        return "127.0.0.1:" + socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new AssertionError("no port of loopback is free");
  }

  /**
   * Asks for a page.
   *
   * @throws IOException if there is no complete answer within 5 seconds
   */
  public static Answer get(URI uri) throws IOException {
    return send(HttpRequest.newBuilder(uri).GET());
  }

  /** The same with a bearer token. */
  public static Answer get(URI uri, String token) throws IOException {
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).GET());
  }

  /**
   * Posts JSON.
   *
   * @throws IOException if there is no complete answer within 5 seconds
   */
  public static Answer post(URI uri, String json) throws IOException {
    return send(
        HttpRequest.newBuilder(uri).header("Content-Type", "application/json").POST(of(json)));
  }

  /** The same with a bearer token. */
  public static Answer post(URI uri, String token, String json) throws IOException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(of(json)));
  }

  /** Whether there is an answer of 200 at this address now. */
  static boolean isOk(URI uri) {
    try {
      return get(uri).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static BodyPublisher of(String json) {
    return BodyPublishers.ofString(json);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          HTTP.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
