package dev.selfheal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Asks a receiver over HTTP. Follows no redirect and uses no proxy.
 *
 * <p>With {@link HttpURLConnection}, because the JDK's newer client takes half a second of a
 * command's time to load.
 */
final class Receiver {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 16 << 20;

  private final Address address;

  Receiver(Address address) {
    this.address = address;
  }

  /** What a receiver answered; the body is empty if there was none that could be read. */
  record Reply(int status, String body, Optional<Instant> time) {}

  /**
   * Reads something.
   *
   * @throws CommandFailed if there is no answer, or one that is not 200
   */
  Reply get(String path) {
    return new Refusals(address).check(answer(path, null, PATIENCE));
  }

  /**
   * Gives an order, once.
   *
   * @throws CommandFailed if there is no answer, or one that is not 200 or 202
   */
  Reply post(String path, byte[] json) {
    return post(path, json, PATIENCE);
  }

  /** The same for an order that takes the receiver longer than others. */
  Reply post(String path, byte[] json, Duration patience) {
    return new Refusals(address).check(answer(path, json, patience));
  }

  private Reply answer(String path, byte @Nullable [] json, Duration patience) {
    try {
      HttpURLConnection connection = open(path, patience);
      if (json != null) {
        send(connection, json);
      }
      return read(connection);
    } catch (IOException e) {
      throw new Silence(address, json != null, patience).of(e);
    }
  }

  private HttpURLConnection open(String path, Duration patience) throws IOException {
    URI uri = URI.create(address.base() + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) patience.toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "selfheal");
    address
        .token()
        .ifPresent(
            token -> connection.setRequestProperty("Authorization", "Bearer " + token.reveal()));
    if (connection instanceof HttpsURLConnection https) {
      address.trust().ifPresent(https::setSSLSocketFactory);
    }
    return connection;
  }

  private static void send(HttpURLConnection connection, byte[] json) throws IOException {
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    // Of a fixed length, because otherwise Java posts again when a connection breaks.
    connection.setFixedLengthStreamingMode(json.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(json);
    }
  }

  private static Reply read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("the answer is not HTTP");
    }
    long date = connection.getDate();
    Optional<Instant> time = date == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(date));
    return new Reply(status, body(connection, status), time);
  }

  private static String body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      byte[] body = in == null ? new byte[0] : in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        connection.disconnect();
        throw new IOException("the answer is larger than 16 MiB");
      }
      return new String(body, UTF_8);
    }
  }
}
