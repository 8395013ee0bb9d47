package dev.selfheal.action;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket on a port of a host's Ollama.
 *
 * @param state in ss' words: {@code ESTAB}, {@code CLOSE-WAIT}, {@code LISTEN}
 * @param receiveQueue bytes that were not read yet; of LISTEN the connections that were not
 *     accepted
 * @param sendQueue bytes that were not acknowledged yet; of LISTEN the longest queue
 * @param localPort the server's or a runner's
 * @param peerPort 0 if there is none
 * @param bytesSentOrNull since the connection began; null if the kernel does not say
 * @param bytesReceivedOrNull as well
 */
public record SocketRow(
    String state,
    long receiveQueue,
    long sendQueue,
    int localPort,
    int peerPort,
    @Nullable Long bytesSentOrNull,
    @Nullable Long bytesReceivedOrNull) {

  private static final Pattern ROW =
      Pattern.compile(
          "([A-Z][-A-Z0-9]{1,15}) ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,5}) ([0-9]{1,5})"
              + " (-|[0-9]{1,18}) (-|[0-9]{1,18})");

  /** Reads a row of the section {@code sockets}; empty if it is none. */
  static Optional<SocketRow> parse(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SocketRow(
            row.group(1),
            Long.parseLong(row.group(2)),
            Long.parseLong(row.group(3)),
            Integer.parseInt(row.group(4)),
            Integer.parseInt(row.group(5)),
            count(row.group(6)),
            count(row.group(7))));
  }

  private static @Nullable Long count(String word) {
    return word.equals("-") ? null : Long.valueOf(word);
  }
}
