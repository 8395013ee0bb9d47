package dev.selfheal.ssh;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where to go, and as whom.
 *
 * @param host a name or an address, as it stands in {@code knownHosts}
 * @param port 1 to 65535
 * @param user the account there
 * @param identityFile the private key, without a passphrase, which nobody but its owner may read
 * @param knownHosts the host's keys, in the form of OpenSSH's known_hosts; never written to
 */
public record SshAddress(String host, int port, String user, Path identityFile, Path knownHosts) {
  private static final int USUAL_PORT = 22;

  /** The name under which OpenSSH keeps the host's key. */
  String knownName() {
    String name = host.toLowerCase(Locale.ROOT);
    return port == USUAL_PORT ? name : "[" + name + "]:" + port;
  }

  /** The host with its port, as messages name it. */
  String title() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
