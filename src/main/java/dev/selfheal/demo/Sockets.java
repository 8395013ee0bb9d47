package dev.selfheal.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Sockets of loopback. */
final class Sockets {
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final int TRIES = 100;

  private Sockets() {}

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * A port that nobody listens on now, and that no connection is given before somebody does: those
   * have ports from 32768 on.
   */
  static int freePort() throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it.
      }
    }
    throw new IOException("no port of 127.0.0.1 is free between 20000 and 32000");
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not needed any more.
    }
  }
}
