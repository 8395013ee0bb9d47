package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.ssh.SshFailure.Kind;
import dev.selfheal.testkit.Loopback;
import dev.selfheal.testkit.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP through a connection, with the rights that the package's key has. */
class ForwardIT {
  private static final int PARALLEL = 5;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CyclicBarrier together = new CyclicBarrier(PARALLEL);

  @TempDir Path folder;
  private HttpServer http;
  private Lab lab;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/large", exchange -> answer(exchange, "x".repeat(3_000_000)));
    http.createContext(
        "/together",
        exchange -> {
          try {
            together.await();
            answer(exchange, exchange.getRequestURI().getQuery());
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    http.start();
    lab =
        Lab.open(
            folder,
            new SshServer(List.of("ed25519")),
            "restrict,port-forwarding,permitopen=\"127.0.0.1:"
                + port()
                + "\",permitopen=\"127.0.0.2:"
                + port()
                + "\",permitopen=\"127.0.0.1:1\",command=\"echo forced\"");
  }

  @AfterEach
  void end() {
    http.stop(0);
    threads.shutdownNow();
    lab.close();
  }

  @Test
  void carriesRequestsSideBySide() throws Exception {
    try (SshConnection connection = lab.connect()) {
      URI base = connection.forward("127.0.0.1", port(), Lab.LIMIT);
      HttpClient client = HttpClient.newHttpClient();
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, PARALLEL)
              .mapToObj(i -> request(base, "/together?" + i))
              .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
              .toList();
      for (int i = 0; i < PARALLEL; i++) {
        assertThat(answers.get(i).get().body()).isEqualTo(String.valueOf(i));
      }
      assertThat(client.send(request(base, "/large"), BodyHandlers.ofString()).body())
          .hasSize(3_000_000);
      assertThat(connection.run("ignored", Lab.LIMITS))
          .isEqualTo(new SshResult.Exited(0, "forced"));
    }
  }

  @Test
  void listensOnLoopbackAloneAndEndsWithTheConnection() throws Exception {
    URI base;
    try (SshConnection connection = lab.connect()) {
      base = connection.forward("127.0.0.1", port(), Lab.LIMIT);
      assertThat(base.getHost()).isEqualTo("127.0.0.1");
      assertThat(listeners(base.getPort())).containsExactly("127.0.0.1");
    }
    await().until(() -> listeners(base.getPort()).isEmpty());
    assertThatIOException()
        .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), base.getPort()).close());
  }

  @Test
  void endsWithAConnectionThatIsLost() throws Exception {
    try (SshConnection connection = lab.connect()) {
      URI base = connection.forward("127.0.0.1", port(), Lab.LIMIT);
      lab.server().cut();
      await().until(() -> listeners(base.getPort()).isEmpty());
      assertThatExceptionOfType(SshFailure.class)
          .isThrownBy(() -> connection.forward("127.0.0.1", port(), Lab.LIMIT))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE));
    }
  }

  @Test
  void saysThatTheHostForbidsIt() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThatExceptionOfType(SshFailure.class)
          .isThrownBy(() -> connection.forward("127.0.0.1", 2, Lab.LIMIT))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.FORWARDING_DENIED))
          .withMessageContaining("permitopen=\"127.0.0.1:2\"");
    }
  }

  @Test
  void leavesItToTheClientThatNobodyListens() throws Exception {
    try (SshConnection connection = lab.connect()) {
      URI base = connection.forward("127.0.0.1", 1, Lab.LIMIT);
      assertThatIOException().isThrownBy(() -> Loopback.get(base));
      assertThat(connection.run("ignored", Lab.LIMITS)).isInstanceOf(SshResult.Exited.class);
    }
  }

  /** A server that is frozen accepts nobody, and once its queue is full nobody is answered. */
  @Test
  void waitsNoLongerThanItMayForAPortThatAnswersNobody() throws Exception {
    List<Socket> queue = new ArrayList<>();
    InetAddress address = InetAddress.getByName("127.0.0.2");
    try (ServerSocket frozen = new ServerSocket(port(), 1, address);
        SshConnection connection = lab.connect()) {
      while (queue.size() < 5 && waits(frozen, queue)) {}
      long began = System.nanoTime();
      connection.forward("127.0.0.2", port(), Duration.ofSeconds(1));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    } finally {
      for (Socket each : queue) {
        each.close();
      }
    }
  }

  /** Whether there was room for one more in the queue. */
  private static boolean waits(ServerSocket server, List<Socket> queue) throws IOException {
    Socket socket = new Socket();
    queue.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 300);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** The addresses that this machine listens on at a port; 0100007F is 127.0.0.1. */
  private static List<String> listeners(int port) throws IOException {
    String hex = ":%04X".formatted(port);
    return List.of("/proc/net/tcp", "/proc/net/tcp6").stream()
        .flatMap(file -> lines(file).stream())
        .map(line -> line.strip().split(" +", -1))
        .filter(words -> words[1].endsWith(hex) && words[3].equals("0A"))
        .map(
            words -> words[1].replace(hex, "").replaceFirst("^(0*FFFF0000)?0100007F$", "127.0.0.1"))
        .toList();
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port() {
    return http.getAddress().getPort();
  }

  private static HttpRequest request(URI base, String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Lab.LIMIT).build();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
