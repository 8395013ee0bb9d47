package dev.selfheal.demo;

import dev.selfheal.demo.HttpText.Head;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The connections from the server to one runner: kept open, or one for each call. */
final class RunnerLine {
  private final FakeVersion version;
  private final int port;
  private final Deque<Socket> idle = new ArrayDeque<>();

  RunnerLine(FakeVersion version, int port) {
    this.version = version;
    this.port = port;
  }

  /** An answer that begins to come. */
  record Stream(Socket socket, InputStream in, Head head) {}

  /**
   * Whether the runner says that it is well.
   *
   * @param millis how long it may take
   * @return null if nothing came
   */
  @Nullable Integer health(int millis) {
    try {
      return health(take(), millis);
    } catch (SocketTimeoutException e) {
      return null;
    } catch (IOException e) {
      return 0;
    }
  }

  private int health(Socket socket, int millis) throws IOException {
    boolean good = false;
    try {
      socket.setSoTimeout(millis);
      Stream stream = ask(socket, "GET", "/health", "");
      HttpText.body(stream.in(), stream.head());
      socket.setSoTimeout(0);
      give(socket);
      good = true;
      return Integer.parseInt(stream.head().second());
    } finally {
      if (!good) {
        Sockets.close(socket);
      }
    }
  }

  /** Asks for tokens; the caller gives the socket back after the last. */
  Stream complete(Call call, String body) throws IOException {
    Socket socket = take();
    call.owns(socket);
    return ask(socket, "POST", "/completion", body);
  }

  /** Asks for an embedding, which takes no time. */
  void embed(Call call, String body) throws IOException {
    Socket socket = take();
    call.owns(socket);
    Stream stream = ask(socket, "POST", "/embedding", body);
    HttpText.body(stream.in(), stream.head());
    give(socket);
  }

  /** The call is over and the connection good. */
  void give(Socket socket) {
    if (version == FakeVersion.POOLED) {
      synchronized (idle) {
        idle.push(socket);
      }
    } else {
      Sockets.close(socket);
    }
  }

  private Socket take() throws IOException {
    synchronized (idle) {
      Socket pooled = idle.poll();
      return pooled == null ? Sockets.connect(port) : pooled;
    }
  }

  private Stream ask(Socket socket, String method, String path, String body) throws IOException {
    HttpText.send(
        socket.getOutputStream(),
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: Go-http-client/1.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\nAccept-Encoding: gzip\r\n\r\n%s"
            .formatted(method, path, port, body.length(), body));
    InputStream in = socket.getInputStream();
    return new Stream(socket, in, HttpText.head(in, ""));
  }
}
