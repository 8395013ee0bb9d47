package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads what {@code ss -tinHO}, {@code ss -tlnHO} and {@code ss -tainHO} write. */
public final class SsOutput {
  private static final String LISTEN = "LISTEN";

  private static final Map<String, ConnectionState> STATES =
      Map.of("ESTAB", ConnectionState.ESTABLISHED, "CLOSE-WAIT", ConnectionState.CLOSE_WAIT);

  private static final Set<String> OTHER_STATES =
      Set.of(
          "SYN-SENT",
          "SYN-RECV",
          "FIN-WAIT-1",
          "FIN-WAIT-2",
          "TIME-WAIT",
          "LAST-ACK",
          "CLOSING",
          "UNCONN");

  /**
   * One of these is in every row that has the kernel's numbers. Without netlink, {@code ss} reads
   * {@code /proc/net/tcp} instead, and has none of them.
   */
  private static final Set<String> COUNTED =
      Set.of("bytes_sent", "bytes_acked", "bytes_received", "segs_in", "lastsnd", "lastrcv");

  private SsOutput() {}

  /** Reads the rows. Empty lines are no rows; lines that cannot be read are only counted. */
  public static SocketRows parse(String text) {
    List<Connection> connections = new ArrayList<>();
    List<Listener> listeners = new ArrayList<>();
    int odd = 0;
    for (String line : (Iterable<String>) text.lines().filter(s -> !s.isBlank())::iterator) {
      try {
        read(new StringTokenizer(line), connections, listeners);
      } catch (IllegalArgumentException | NoSuchElementException e) {
        odd++;
      }
    }
    return new SocketRows(connections, listeners, odd);
  }

  private static void read(
      StringTokenizer words, List<Connection> connections, List<Listener> listeners) {
    String state = words.nextToken();
    long receiveQueue = Numbers.natural(words.nextToken());
    long sendQueue = Numbers.natural(words.nextToken());
    Endpoint local = endpoint(words.nextToken());
    Endpoint peer = endpoint(words.nextToken());
    if (state.equals(LISTEN)) {
      listeners.add(new Listener(local, receiveQueue));
    } else {
      connections.add(
          new Connection(state(state), local, peer, receiveQueue, sendQueue, traffic(words)));
    }
  }

  private static ConnectionState state(String word) {
    ConnectionState known = STATES.get(word);
    if (known == null && !OTHER_STATES.contains(word)) {
      throw new IllegalArgumentException("no state: " + word);
    }
    return known == null ? ConnectionState.OTHER : known;
  }

  /**
   * Such as {@code 127.0.0.1:80}, {@code *:*}, {@code [fe80::1]%eth0:80}, {@code 127.0.0.53%lo}.
   */
  private static Endpoint endpoint(String word) {
    int colon = word.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("no address: " + word);
    }
    String port = word.substring(colon + 1);
    String address = word.substring(0, colon).replace("[", "").replace("]", "");
    int zone = address.indexOf('%');
    return new Endpoint(
        zone < 0 ? address : address.substring(0, zone),
        port.equals("*") ? 0 : Numbers.port(Numbers.natural(port)));
  }

  /** What is 0 is not written, so what is missing is 0; but see {@link #COUNTED}. */
  private static @Nullable Traffic traffic(StringTokenizer words) {
    Map<String, Long> numbers = new HashMap<>();
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int colon = word.indexOf(':');
      if (colon > 0 && COUNTED.contains(word.substring(0, colon))) {
        numbers.put(word.substring(0, colon), Numbers.natural(word.substring(colon + 1)));
      }
    }
    // Linux before 4.19 counts only what was acknowledged; over loopback that is the same.
    long acknowledged = numbers.getOrDefault("bytes_acked", 0L);
    return numbers.isEmpty()
        ? null
        : new Traffic(
            numbers.getOrDefault("bytes_sent", acknowledged),
            numbers.getOrDefault("bytes_received", 0L),
            Duration.ofMillis(numbers.getOrDefault("lastsnd", 0L)),
            Duration.ofMillis(numbers.getOrDefault("lastrcv", 0L)));
  }
}
