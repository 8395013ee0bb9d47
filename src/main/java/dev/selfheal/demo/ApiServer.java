package dev.selfheal.demo;

import dev.selfheal.demo.HttpText.Head;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The port of the API. While a request is answered its connection is read on, so that a client that
 * leaves is noticed at once; the socket is closed when the answer has come to its end.
 */
final class ApiServer {
  private static final int BACKLOG = 4096;

  private final Routes routes;
  private final Time time;

  ApiServer(Routes routes, Time time) {
    this.routes = routes;
    this.time = time;
  }

  /** Listens from now on. */
  void open(int port) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    Background.run(() -> accept(listener));
  }

  private void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket socket = listener.accept();
        Background.run(() -> serve(socket));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the fake server cannot listen", e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      for (int first = in.read(); first >= 0; first = next(in, socket, first)) {}
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers a request, and returns the first byte of the next. */
  private int next(InputStream in, Socket socket, int first)
      throws IOException, InterruptedException {
    Head head = HttpText.head(in, String.valueOf((char) first));
    Question question = new Question(HttpText.body(in, head));
    Call call = new Call(socket.getOutputStream());
    CountDownLatch answered = new CountDownLatch(1);
    Background.run(() -> answer(call, head, question, answered));
    int following = in.read();
    if (following < 0) {
      call.leave();
    }
    answered.await();
    return following;
  }

  private void answer(Call call, Head head, Question question, CountDownLatch answered) {
    long began = time.ticker().getAsLong();
    int status = 500;
    try {
      status = routes.answer(call, head, question);
    } catch (IOException e) {
      // The client has gone in the middle of an answer.
      status = 200;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Duration took = Duration.ofNanos(time.ticker().getAsLong() - began);
      System.err.println(
          GinLog.line(time.clock().instant(), status, took, head.method(), head.second()));
      answered.countDown();
    }
  }
}
