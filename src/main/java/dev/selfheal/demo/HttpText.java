package dev.selfheal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** HTTP/1.1 as text, with control over every byte and every moment that it is sent. */
final class HttpText {
  private static final int LONGEST_LINE = 8192;

  private HttpText() {}

  /**
   * What a message begins with.
   *
   * @param first the request line, or the status line
   */
  record Head(String first, int length, boolean chunked) {

    String method() {
      return first.substring(0, first.indexOf(' '));
    }

    /** The second word: a path, or a status. */
    String second() {
      int from = first.indexOf(' ') + 1;
      int to = first.indexOf(' ', from);
      return to < 0 ? first.substring(from) : first.substring(from, to);
    }
  }

  /** Reads a head to its empty line, of which one byte may have been read already. */
  static Head head(InputStream in, String begun) throws IOException {
    String first = begun + line(in);
    int length = 0;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
      }
      chunked |= field.startsWith("transfer-encoding:") && field.endsWith("chunked");
    }
    return new Head(first, length, chunked);
  }

  /** Reads the whole body that a head announces. */
  static String body(InputStream in, Head head) throws IOException {
    if (!head.chunked()) {
      return new String(in.readNBytes(head.length()), UTF_8);
    }
    StringBuilder all = new StringBuilder();
    for (String chunk = chunk(in); !chunk.isEmpty(); chunk = chunk(in)) {
      all.append(chunk);
    }
    return all.toString();
  }

  /** Reads one chunk; the empty one is the last. */
  static String chunk(InputStream in) throws IOException {
    int length = Integer.parseInt(line(in), 16);
    String text = new String(in.readNBytes(length), UTF_8);
    line(in);
    return text;
  }

  /** A complete answer. */
  static void answer(OutputStream out, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    send(
        out,
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, reason(status), type, bytes.length, body));
  }

  /** The head of an answer in chunks. */
  static void beginChunks(OutputStream out, String type) throws IOException {
    send(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(type));
  }

  static void sendChunk(OutputStream out, String text) throws IOException {
    int length = text.getBytes(UTF_8).length;
    send(out, Integer.toHexString(length) + "\r\n" + text + "\r\n");
  }

  static void endChunks(OutputStream out) throws IOException {
    send(out, "0\r\n\r\n");
  }

  /** One write is one segment, as with servers that do not delay. */
  static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 404 -> "Not Found";
      case 501 -> "Not Implemented";
      default -> status < 500 ? "Bad Request" : "Internal Server Error";
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("unexpected EOF");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
