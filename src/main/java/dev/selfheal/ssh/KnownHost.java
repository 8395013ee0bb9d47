package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A line of a known_hosts file that holds a key.
 *
 * @param number of the line, from 1
 * @param marker {@code @revoked}, {@code @cert-authority}, or empty
 * @param hosts patterns, or one hash
 * @param type of the key, such as {@code ssh-ed25519}
 * @param key in Base64
 */
record KnownHost(int number, String marker, HostPatterns hosts, String type, String key) {
  private static final Set<String> MARKERS = Set.of("@revoked", "@cert-authority");

  /** The entry in this line; empty if it is none. */
  static Optional<KnownHost> parse(int number, String line) {
    String[] words = line.strip().split("[ \t]+", -1);
    boolean marked = words[0].startsWith("@");
    int first = marked ? 1 : 0;
    String marker = marked ? words[0] : "";
    if (words.length < first + 3 || (marked && !MARKERS.contains(marker))) {
      return Optional.empty();
    }
    try {
      HostPatterns hosts = HostPatterns.of(words[first]);
      byte[] key = Base64.getDecoder().decode(words[first + 2].getBytes(UTF_8));
      String type = words[first + 1];
      return type.isEmpty() || !type.equals(typeOf(key))
          ? Optional.empty()
          : Optional.of(new KnownHost(number, marker, hosts, type, text(key)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no Base64
    }
  }

  boolean isRevoked() {
    return marker.equals("@revoked");
  }

  /** Whether this line says that a host of this name has this key. */
  boolean speaksOf(String name) {
    return marker.isEmpty() && hosts.match(name);
  }

  /** The kind of key that this is by its own account: its first field. */
  static String typeOf(byte[] key) {
    ByteBuffer fields = ByteBuffer.wrap(key);
    int length = fields.remaining() < Integer.BYTES ? -1 : fields.getInt();
    return length < 0 || length > fields.remaining()
        ? ""
        : new String(key, Integer.BYTES, length, US_ASCII);
  }

  /** Whether it is this key. */
  boolean holds(byte[] other) {
    return key.equals(text(other));
  }

  private static String text(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }
}
