package dev.selfheal.demo;

import dev.selfheal.demo.HttpText.Head;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The port of a runner. */
final class RunnerServer {
  private static final String JSON = "application/json; charset=utf-8";

  private final FakeVersion version;
  private final Decoder decoder;
  private volatile boolean loaded;

  RunnerServer(FakeVersion version, Decoder decoder) {
    this.version = version;
    this.decoder = decoder;
  }

  /** Listens from now on. */
  void open(int port) throws IOException {
    ServerSocket listener =
        new ServerSocket(port, version.backlog(), InetAddress.getLoopbackAddress());
    Background.run(() -> accept(listener));
  }

  /** The model is in memory. */
  void loaded() {
    loaded = true;
  }

  private void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket socket = listener.accept();
        Background.run(() -> serve(socket));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the fake runner cannot listen", e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      do {
        int first = in.read();
        if (first < 0) {
          return;
        }
        Head head = HttpText.head(in, String.valueOf((char) first));
        answer(socket, head, HttpText.body(in, head));
      } while (version == FakeVersion.POOLED);
    } catch (IOException e) {
      // The server has gone, which is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Socket socket, Head head, String body)
      throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    switch (head.second()) {
      case "/completion" ->
          new RunnerCall(version, decoder, socket).complete(new Question(body).tokens());
      case "/embedding" -> HttpText.answer(out, 200, JSON, "{\"embedding\":[0.1,0.2,0.3]}");
      case "/slots" -> HttpText.answer(out, 200, JSON, "[{\"id\":0}]");
      default ->
          HttpText.answer(
              out,
              loaded ? 200 : 503,
              JSON,
              loaded ? "{\"status\":\"ok\",\"progress\":1}" : "{\"status\":\"loading model\"}");
    }
  }
}
