package dev.selfheal.exporter.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The addresses of {@code /proc/net/tcp}: words of 32 bits in hexadecimal, each with its last byte
 * first. Written as {@code ss} writes them, so that a row keeps its name when the source changes.
 */
final class HexAddress {
  private static final int IPV4_DIGITS = 8;
  private static final int IPV6_DIGITS = 32;
  private static final int GROUPS = 8;
  private static final String MAPPED_PREFIX = "0000000000000000FFFF0000";

  private HexAddress() {}

  /**
   * The address in its usual form.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String text(String hex) {
    return switch (hex.length()) {
      case IPV4_DIGITS -> ipv4(hex);
      case IPV6_DIGITS -> ipv6(hex);
      default -> throw new IllegalArgumentException("no address: " + hex);
    };
  }

  private static String ipv4(String hex) {
    long word = Numbers.hex(hex);
    return IntStream.of(0, 8, 16, 24)
        .mapToObj(shift -> Long.toString(word >> shift & 0xFF))
        .collect(Collectors.joining("."));
  }

  private static String ipv6(String hex) {
    if (hex.startsWith(MAPPED_PREFIX)) {
      return "::ffff:" + ipv4(hex.substring(MAPPED_PREFIX.length()));
    }
    List<Integer> groups = new ArrayList<>();
    for (int at = 0; at < IPV6_DIGITS; at += IPV4_DIGITS) {
      int word = Integer.reverseBytes((int) Numbers.hex(hex.substring(at, at + IPV4_DIGITS)));
      groups.add(word >>> 16);
      groups.add(word & 0xFFFF);
    }
    return withoutLongestZeros(groups);
  }

  /** RFC 5952: the first of the longest runs of two zeros or more becomes two colons. */
  private static String withoutLongestZeros(List<Integer> groups) {
    int start = 0;
    int longest = 1;
    for (int at = 0; at < GROUPS; at++) {
      int zeros = zerosAt(groups, at);
      if (zeros > longest) {
        start = at;
        longest = zeros;
      }
    }
    return longest == 1
        ? joined(groups)
        : joined(groups.subList(0, start)) + "::" + joined(groups.subList(start + longest, GROUPS));
  }

  private static int zerosAt(List<Integer> groups, int start) {
    int end = start;
    while (end < GROUPS && groups.get(end) == 0) {
      end++;
    }
    return end - start;
  }

  private static String joined(List<Integer> groups) {
    return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
  }
}
