package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.StringTokenizer;
import java.util.function.IntPredicate;

/**
 * Reads {@code /proc/net/tcp} and {@code /proc/net/tcp6} of a little-endian host. They have queues
 * but no traffic.
 */
public final class ProcNetTcp {
  private static final int ESTABLISHED = 0x01;
  private static final int CLOSE_WAIT = 0x08;
  private static final int LISTEN = 0x0A;
  private static final int LAST_STATE = 0x0D;

  private ProcNetTcp() {}

  /**
   * Reads the rows; the header is no row. Lines that cannot be read are only counted.
   *
   * @param ports only rows whose own port is one of these
   */
  public static SocketRows parse(String text, IntPredicate ports) {
    List<Connection> connections = new ArrayList<>();
    List<Listener> listeners = new ArrayList<>();
    int odd = 0;
    for (String line : (Iterable<String>) text.lines().filter(ProcNetTcp::isRow)::iterator) {
      try {
        read(new StringTokenizer(line), ports, connections, listeners);
      } catch (IllegalArgumentException | NoSuchElementException e) {
        odd++;
      }
    }
    return new SocketRows(connections, listeners, odd);
  }

  private static boolean isRow(String line) {
    return !line.isBlank() && !line.contains("local_address");
  }

  private static void read(
      StringTokenizer words,
      IntPredicate ports,
      List<Connection> connections,
      List<Listener> listeners) {
    words.nextToken(); // the row's number
    String local = words.nextToken();
    if (!ports.test(port(local))) {
      return;
    }
    Endpoint peer = endpoint(words.nextToken());
    int state = (int) Numbers.hex(words.nextToken());
    String queues = words.nextToken();
    long sendQueue = Numbers.hex(before(queues));
    long receiveQueue = Numbers.hex(after(queues));
    if (state == LISTEN) {
      listeners.add(new Listener(endpoint(local), receiveQueue));
    } else {
      connections.add(
          new Connection(
              state(state), endpoint(local), peer, receiveQueue, sendQueue, /* traffic= */ null));
    }
  }

  private static ConnectionState state(int state) {
    if (state < ESTABLISHED || state > LAST_STATE) {
      throw new IllegalArgumentException("no state: " + state);
    }
    return switch (state) {
      case ESTABLISHED -> ConnectionState.ESTABLISHED;
      case CLOSE_WAIT -> ConnectionState.CLOSE_WAIT;
      default -> ConnectionState.OTHER;
    };
  }

  private static Endpoint endpoint(String word) {
    return new Endpoint(HexAddress.text(before(word)), port(word));
  }

  private static int port(String word) {
    return Numbers.port(Numbers.hex(after(word)));
  }

  private static String before(String word) {
    return word.substring(0, colon(word));
  }

  private static String after(String word) {
    return word.substring(colon(word) + 1);
  }

  private static int colon(String word) {
    int colon = word.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("no colon: " + word);
    }
    return colon;
  }
}
