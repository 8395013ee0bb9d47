package dev.selfheal.ssh;

import dev.selfheal.testkit.SshKeys;
import dev.selfheal.testkit.SshServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server, a user's key that it lets in, and the file that knows it. */
record Lab(SshServer server, SshAddress address, Path folder) implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(10);
  static final SshLimits LIMITS = new SshLimits(LIMIT, LIMIT, 8192);
  static final JschClient CLIENT = new JschClient(System::nanoTime);

  /** A server with one kind of key, which is quickly made. */
  static Lab open(Path folder, String... config) {
    return open(folder, new SshServer(List.of("ed25519"), config), "");
  }

  /**
   * @param options of the user's key in authorized_keys
   */
  static Lab open(Path folder, SshServer server, String options) {
    Path key = SshKeys.make(folder.resolve("id_ed25519"), "ed25519", "");
    server.authorize(key, options);
    Path known = SshKeys.knownHosts(folder.resolve("known_hosts"), server.knownHosts());
    SshAddress address = new SshAddress("127.0.0.1", server.port(), SshServer.user(), key, known);
    return new Lab(server, address, folder);
  }

  SshConnection connect() throws SshFailure, InterruptedException {
    return CLIENT.connect(address, LIMIT);
  }

  SshConnection connect(SshAddress to) throws SshFailure, InterruptedException {
    return CLIENT.connect(to, LIMIT);
  }

  SshAddress withKey(Path key) {
    return new SshAddress(address.host(), address.port(), address.user(), key, knownHosts());
  }

  SshAddress knowing(String... lines) {
    Path file = SshKeys.knownHosts(folder.resolve("other_hosts"), lines);
    return new SshAddress(address.host(), address.port(), address.user(), key(), file);
  }

  SshAddress as(String user) {
    return new SshAddress(address.host(), address.port(), user, key(), knownHosts());
  }

  SshAddress at(int port) {
    return new SshAddress(address.host(), port, address.user(), key(), knownHosts());
  }

  Path key() {
    return address.identityFile();
  }

  Path knownHosts() {
    return address.knownHosts();
  }

  @Override
  public void close() {
    server.close();
  }
}
