package dev.selfheal.config;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the host of a target is reached.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param identityFile the private key, which nobody but its owner may read
 * @param knownHosts the host's keys, as OpenSSH keeps them
 * @param command quoted for sh; null for the host agent, which answers whatever is sent
 */
public record SshConfig(
    String host,
    int port,
    String user,
    Path identityFile,
    Path knownHosts,
    @Nullable String command) {
  static final int DEFAULT_PORT = 22;

  /** What tells one host from another, as far as a text can. */
  String place() {
    return host.toLowerCase(Locale.ROOT) + " " + port;
  }
}
