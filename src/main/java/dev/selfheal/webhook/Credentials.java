package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of both roles, and who an {@code Authorization} header proves its sender to be.
 * Tokens are compared in constant time.
 */
public final class Credentials {

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final Map<Role, byte[]> tokens;
  private final List<BasicUser> users;
  private final Passwords passwords;

  /**
   * A user with a password.
   *
   * @param hash bcrypt, as {@code htpasswd -B} writes it
   */
  public record BasicUser(String name, Role role, String hash) {}

  /**
   * @param tokens the bearer tokens of the roles that have one
   */
  public Credentials(Map<Role, String> tokens, List<BasicUser> users) {
    this(tokens, users, new Passwords());
  }

  Credentials(Map<Role, String> tokens, List<BasicUser> users, Passwords passwords) {
    this.passwords = passwords;
    this.tokens = new EnumMap<>(Role.class);
    tokens.forEach((role, token) -> this.tokens.put(role, token.getBytes(UTF_8)));
    this.users = List.copyOf(users);
  }

  /** Whether nobody has to prove anything. */
  public boolean none() {
    return tokens.isEmpty() && users.isEmpty();
  }

  /** What a sender without secrets is told about how to show them. */
  List<String> challenges() {
    List<String> challenges = new ArrayList<>();
    if (!tokens.isEmpty()) {
      challenges.add("Bearer realm=\"selfheal\"");
    }
    if (!users.isEmpty()) {
      challenges.add("Basic realm=\"selfheal\", charset=\"UTF-8\"");
    }
    return challenges;
  }

  /** The roles that the header proves; empty if it proves nothing. */
  Set<Role> proven(String header) {
    String scheme = header.toLowerCase(java.util.Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return byToken(header.substring(BEARER.length()).trim());
    }
    return scheme.startsWith(BASIC)
        ? byPassword(header.substring(BASIC.length()).trim())
        : Set.of();
  }

  private Set<Role> byToken(String token) {
    byte[] given = token.getBytes(UTF_8);
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    tokens.forEach(
        (role, secret) -> {
          if (MessageDigest.isEqual(secret, given)) {
            roles.add(role);
          }
        });
    return roles;
  }

  private Set<Role> byPassword(String encoded) {
    String[] pair = decode(encoded).split(":", 2);
    if (pair.length < 2 || users.isEmpty()) {
      return Set.of();
    }
    Optional<BasicUser> named =
        users.stream().filter(user -> user.name().equals(pair[0])).findFirst();
    // An unknown name costs as much as a known one, so that names cannot be found out by the time.
    boolean proven = passwords.verify(pair[0], named.orElse(users.get(0)).hash(), pair[1]);
    return proven && named.isPresent() ? Set.of(named.get().role()) : Set.of();
  }

  private static String decode(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
