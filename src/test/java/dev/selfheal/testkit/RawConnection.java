package dev.selfheal.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TCP connection to a server on loopback, over which a test may send what no client would. */
public final class RawConnection implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: (\\d+)\\r\\n");

  private final Socket socket;

  /** Connects. */
  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /**
   * An answer.
   *
   * @param head the status line and the headers
   */
  public record Raw(String head, String body) {

    /** Its status code. */
    public int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }
  }

  /** Sends these characters, one byte for each. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  /** Sends bytes. */
  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Says that nothing more will be sent; answers can still be read. */
  public RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Whether something of an answer is there to be read. */
  public boolean isAnswered() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /**
   * Reads one answer.
   *
   * @throws IOException if there is none within 30 seconds, or only a part of one
   */
  public Raw answer() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        throw new EOFException("hung up after: " + head);
      }
      head.append((char) one);
    }
    Matcher length = LENGTH.matcher(head);
    int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return new Raw(head.toString(), new String(in.readNBytes(size), ISO_8859_1));
  }

  /** Whether the server hangs up, after whatever else it still sends. */
  public boolean isHungUp() throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      if (in.read() < 0) {
        return true;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
