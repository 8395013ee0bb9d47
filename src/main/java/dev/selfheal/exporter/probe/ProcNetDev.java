package dev.selfheal.exporter.probe;

import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads {@code /proc/net/dev}, the counters of the network interfaces. */
public final class ProcNetDev {
  private static final String LOOPBACK = "lo:";

  private ProcNetDev() {}

  /**
   * The bytes that were received over loopback, which are those that were sent over it.
   *
   * @return absent if there is no such row
   */
  public static OptionalLong loopbackBytes(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(LOOPBACK))
        .map(line -> line.substring(LOOPBACK.length()).strip())
        .flatMap(counters -> Stream.of(counters.split("\\s+")).limit(1))
        .mapToLong(ProcNetDev::count)
        .filter(count -> count >= 0)
        .findFirst();
  }

  private static long count(String word) {
    try {
      return Numbers.natural(word);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
