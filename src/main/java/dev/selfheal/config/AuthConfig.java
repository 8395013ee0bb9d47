package dev.selfheal.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to the receiver, by role.
 *
 * @param webhookTokenFile holds the bearer token of the role that may only deliver alerts
 * @param operatorTokenFile holds the bearer token of the role that may do the rest
 */
public record AuthConfig(
    @Nullable Path webhookTokenFile, @Nullable Path operatorTokenFile, List<BasicUser> basicUsers) {

  static final AuthConfig NONE = new AuthConfig(null, null, List.of());

  public AuthConfig {
    basicUsers = List.copyOf(basicUsers);
  }

  /** Whether nobody has to prove anything. */
  public boolean isOpen() {
    return !hasSecretFor(Role.WEBHOOK) && !hasSecretFor(Role.OPERATOR);
  }

  /** Whether at least one secret lets its bearer act in this role. */
  public boolean hasSecretFor(Role role) {
    Path token = role == Role.WEBHOOK ? webhookTokenFile : operatorTokenFile;
    return token != null || basicUsers.stream().anyMatch(user -> user.role() == role);
  }
}
