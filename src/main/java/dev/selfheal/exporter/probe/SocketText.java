package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.Sockets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows of {@code ss} in which every address that is not of loopback has a stand-in, the same one
 * from round to round. Not safe for use by several threads at once.
 */
public final class SocketText {
  /** Who talks to more than this many others has recorded long enough; the rest share one. */
  private static final int MOST = 65_536;

  private static final Pattern NOBODY =
      Pattern.compile(
          "\\*|0\\.0\\.0\\.0|\\[?::]?|127\\.[0-9.]+|\\[?::1]?|\\[?::ffff:127\\.[0-9.]+]?");

  private final Map<String, String> standIns = new HashMap<>();

  /** The rows of connections, or those that listen, of what {@code ss} wrote. */
  public String rows(String output, boolean listening) {
    return output
        .lines()
        .filter(line -> line.startsWith("LISTEN") == listening)
        .map(line -> List.of(line.strip().split("\\s+")))
        .filter(words -> words.size() >= 5)
        .map(this::row)
        .collect(Collectors.joining("\n"));
  }

  /** The same of sockets that were found in another way, which has no traffic. */
  public String rows(Sockets sockets, boolean listening) {
    return listening
        ? sockets.listeners().stream().map(this::row).collect(Collectors.joining("\n"))
        : sockets.connections().stream().map(this::row).collect(Collectors.joining("\n"));
  }

  private String row(List<String> words) {
    return String.join(" ", words.subList(0, 3))
        + " "
        + endpoint(words.get(3))
        + " "
        + endpoint(words.get(4))
        + words.stream().skip(5).map(word -> " " + word).collect(Collectors.joining());
  }

  private String row(Connection row) {
    String state =
        switch (row.state()) {
          case ESTABLISHED -> "ESTAB";
          case CLOSE_WAIT -> "CLOSE-WAIT";
          case OTHER -> "FIN-WAIT-2";
        };
    return "%s %d %d %s %s"
        .formatted(state, row.receiveQueue(), row.sendQueue(), word(row.local()), word(row.peer()));
  }

  private String row(Listener row) {
    return "LISTEN %d 4096 %s *:*".formatted(row.queue(), word(row.local()));
  }

  private String word(Endpoint end) {
    String address = end.address().indexOf(':') < 0 ? end.address() : "[" + end.address() + "]";
    return endpoint(address + ":" + end.port());
  }

  private String endpoint(String word) {
    int colon = Math.max(0, word.lastIndexOf(':'));
    String address = word.substring(0, colon);
    return standIn(address) + word.substring(colon);
  }

  private String standIn(String address) {
    if (NOBODY.matcher(address).matches()) {
      return address;
    }
    String known = standIns.get(address);
    if (known == null) {
      int number = Math.min(standIns.size(), MOST - 1) + 1;
      known = "198.18.%d.%d".formatted(number >> 8 & 255, number & 255); // RFC 2544: nobody's
      if (standIns.size() < MOST) {
        standIns.put(address, known);
      }
    }
    return known;
  }
}
