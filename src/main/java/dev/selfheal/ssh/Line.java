package dev.selfheal.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The one TCP connection of a session, which can be torn down at any time, by any thread. */
final class Line implements SocketFactory {
  private final int connectMillis;
  private @Nullable Socket socket;
  private boolean torn;
  private volatile boolean heard;

  /**
   * @param connectMillis how long the host may take to accept the connection; above 0
   */
  Line(int connectMillis) {
    this.connectMillis = connectMillis;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port); // asks a name server
    Socket created = adopted(new Socket());
    created.connect(address, connectMillis);
    return created;
  }

  private synchronized Socket adopted(Socket created) throws IOException {
    if (torn) {
      created.close();
      throw new IOException("given up");
    }
    socket = created;
    return created;
  }

  @Override
  public InputStream getInputStream(Socket of) throws IOException {
    return new Hearing(of.getInputStream());
  }

  @Override
  public OutputStream getOutputStream(Socket of) throws IOException {
    return of.getOutputStream();
  }

  /** Whether the host has said anything. */
  boolean heard() {
    return heard;
  }

  /** Ends the connection, or its making, at once: from now on not a byte is sent. */
  synchronized void tear() {
    torn = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Then it is no connection any more.
    }
  }

  private final class Hearing extends FilterInputStream {
    Hearing(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      heard |= read >= 0;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      heard |= count > 0;
      return count;
    }
  }
}
