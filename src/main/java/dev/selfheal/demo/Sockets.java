package dev.selfheal.demo;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;

/** Sockets of loopback. */
final class Sockets {
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final int TRIES = 100;

  /** An address of loopback that nobody else uses; its ports stand for those that are given out. */
  private static final byte[] CLAIMS = {127, 95, 95, 1};

  private static final int MOST_CLAIMS = 64;
  private static final Deque<ServerSocket> CLAIMED = new ArrayDeque<>();

  private Sockets() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * A port that nobody listens on now, and that no connection is given before somebody does: those
   * have ports from 32768 on. Nor is another program of this kind given it: a claim stays open
   * while its program starts.
   */
  static synchronized int freePort() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        CLAIMED.add(new ServerSocket(port, 1, InetAddress.getByAddress(CLAIMS)));
        if (CLAIMED.size() > MOST_CLAIMS) {
          close(CLAIMED.remove());
        }
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it.
      }
    }
    throw new IOException("no port of 127.0.0.1 is free between 20000 and 32000");
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not needed any more.
    }
  }
}
