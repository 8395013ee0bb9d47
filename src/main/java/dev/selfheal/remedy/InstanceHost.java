package dev.selfheal.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host in an {@code instance} label, in one spelling: names in lower case, and IPv6 addresses
 * written out, because Java and Prometheus shorten them differently. Asks no name server.
 */
final class InstanceHost {

  /** Longer ones are not the name or address of any host. */
  private static final int MAX_LENGTH = 300;

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");

  private InstanceHost() {}

  /**
   * {@code host} of {@code host:9100}, {@code ::1} of {@code [::1]:9100}; empty if there is none.
   */
  static String of(String instance) {
    if (instance.length() > MAX_LENGTH) {
      return "";
    }
    if (instance.startsWith("[")) {
      int end = instance.indexOf(']');
      return end < 0 ? "" : canonical(instance.substring(1, end));
    }
    int colon = instance.indexOf(':');
    boolean ipv6WithoutPort = colon >= 0 && colon != instance.lastIndexOf(':');
    return canonical(colon < 0 || ipv6WithoutPort ? instance : instance.substring(0, colon));
  }

  static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.contains(":") ? writtenOut(lower.replaceFirst("%.*", "")) : lower;
  }

  /** All eight groups without leading zeros; the text itself if it is no plain IPv6 address. */
  private static String writtenOut(String address) {
    int gap = address.indexOf("::");
    List<String> groups = new ArrayList<>(groups(gap < 0 ? address : address.substring(0, gap)));
    if (gap >= 0) {
      List<String> tail = groups(address.substring(gap + 2));
      groups.addAll(Collections.nCopies(Math.max(0, GROUPS - groups.size() - tail.size()), "0"));
      groups.addAll(tail);
    }
    boolean plain = groups.size() == GROUPS && groups.stream().allMatch(GROUP.asMatchPredicate());
    return plain
        ? String.join(":", groups.stream().map(InstanceHost::withoutLeadingZeros).toList())
        : address;
  }

  private static List<String> groups(String part) {
    return part.isEmpty() ? List.of() : Arrays.asList(part.split(":", -1));
  }

  private static String withoutLeadingZeros(String group) {
    return Integer.toHexString(Integer.parseInt(group, 16));
  }
}
