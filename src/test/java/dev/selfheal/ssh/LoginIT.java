package dev.selfheal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.selfheal.ssh.SshFailure.Kind;
import dev.selfheal.testkit.SshKeys;
import dev.selfheal.testkit.SshServer;
import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by whom, and how it is told if nobody is. */
class LoginIT {
  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir static Path shared;
  private static Lab lab;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    lab = Lab.open(shared, new SshServer("AuthenticationMethods publickey"), "");
  }

  @AfterAll
  static void endServer() {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void logsInWithAKeyOfEachKind(String type) throws Exception {
    Path key = SshKeys.make(folder.resolve("id"), type, "");
    lab.server().authorize(key, "");
    connects(lab.withKey(key));
  }

  @Test
  void logsInWithAKeyInPemForm() throws Exception {
    Path key = folder.resolve("id");
    assertThat(
            ToolRun.sshKeygen(
                    "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", key.toString())
                .exitCode())
        .isZero();
    assertThat(Files.readString(key)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    lab.server().authorize(key, "");
    connects(lab.withKey(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void asksForTheKindOfHostKeyThatIsKnown(String type) throws Exception {
    connects(lab.knowing("# a comment", "", name() + " " + lab.server().hostKey(type)));
  }

  @Test
  void readsHashedNames() throws Exception {
    Path file =
        SshKeys.knownHosts(folder.resolve("hosts"), lab.server().knownHosts()[0], "a.b " + other());
    SshKeys.hashed(file);
    assertThat(Files.readString(file)).startsWith("|1|").doesNotContain("127.0.0.1");
    connects(
        new SshAddress("127.0.0.1", lab.server().port(), lab.address().user(), lab.key(), file));
  }

  @Test
  void doesNotTakeAHashOfAnotherName() {
    Path file = SshKeys.knownHosts(folder.resolve("hosts"), "a.b " + hostKey());
    SshKeys.hashed(file);
    SshAddress address =
        new SshAddress("127.0.0.1", lab.server().port(), lab.address().user(), lab.key(), file);
    fails(address, Kind.HOST_KEY_UNKNOWN, "has no key for");
  }

  @Test
  void readsListsAndPatternsOfNames() throws Exception {
    String port = ":" + lab.server().port();
    connects(lab.knowing("a,[127.0.0.1]" + port + ",b " + hostKey() + " comment"));
    connects(lab.knowing("[127.0.0.?]*" + " " + hostKey()));
    fails(lab.knowing("*,!" + name() + " " + hostKey()), Kind.HOST_KEY_UNKNOWN, "has no key for");
  }

  @Test
  void saysHowToMakeAnUnknownHostKnown() {
    SshAddress address = lab.knowing("127.0.0.1 " + hostKey());
    SshFailure failure = failure(address, Lab.LIMIT);
    assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    assertThat(failure.getMessage())
        .isEqualTo(
            "127.0.0.1:%d shows the ssh-ed25519 key %s, and %s has no key for [127.0.0.1]:%d;"
                    .formatted(address.port(), fingerprint(), address.knownHosts(), address.port())
                + " compare it with ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub on that host, and"
                + " only if they are equal: ssh-keyscan -p %d 127.0.0.1 >> %s"
                    .formatted(address.port(), address.knownHosts()));
  }

  @Test
  void saysWhatToDoAboutAChangedHostKey() {
    SshAddress address = lab.knowing("# x", name() + " " + other());
    SshFailure failure = failure(address, Lab.LIMIT);
    assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
    assertThat(failure.getMessage())
        .isEqualTo(
            "127.0.0.1:%d shows the ssh-ed25519 key %s, but %s line 2 has another for it; somebody"
                    .formatted(address.port(), fingerprint(), address.knownHosts())
                + " may stand in between, so find out first why it changed. If the host was set up"
                + " anew: ssh-keygen -R '[127.0.0.1]:%d' -f %s and then ssh-keyscan -p %d"
                    .formatted(address.port(), address.knownHosts(), address.port())
                + " 127.0.0.1 >> "
                + address.knownHosts());
  }

  @Test
  void refusesARevokedHostKey() {
    SshAddress address = lab.knowing(name() + " " + hostKey(), "@revoked * " + hostKey());
    fails(address, Kind.HOST_KEY_CHANGED, "line 2 has revoked");
  }

  @Test
  void neverWritesToTheKnownHosts() throws Exception {
    SshAddress address = lab.knowing("other.example.org " + other());
    String before = Files.readString(address.knownHosts());
    fails(address, Kind.HOST_KEY_UNKNOWN, "has no key for");
    connects(lab.address());
    assertThat(address.knownHosts()).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[127.0.0.1]:1 ssh-ed25519",
        "<html><body>not found</body></html>",
        "h ssh-ed25519 !!!",
        "h ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIA==",
        "@trusted h ssh-rsa AAAA",
        "|2|a|b ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="
      })
  void refusesAFileOfKnownHostsThatItCannotRead(String line) {
    SshAddress address = lab.knowing("# x", line);
    fails(address, Kind.KNOWN_HOSTS_UNUSABLE, address.knownHosts() + " line 2 is no entry");
  }

  @Test
  void saysThatTheFileOfKnownHostsIsMissing() {
    Path none = folder.resolve("none");
    SshAddress known = lab.address();
    fails(
        new SshAddress(known.host(), known.port(), known.user(), lab.key(), none),
        Kind.KNOWN_HOSTS_UNUSABLE,
        none + " does not exist; it must hold the host's keys, as ssh-keyscan prints them");
  }

  @Test
  void saysWhichKeyIsNotLetIn() {
    Path key = SshKeys.make(folder.resolve("id"), "ed25519", "");
    fails(
        lab.withKey(key),
        Kind.DENIED,
        "does not let " + SshServer.user() + " in with the key " + key + " (");
    fails(lab.as("nobody-here"), Kind.DENIED, "does not let nobody-here in with the key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-r-----", "rw-----w-"})
  void refusesAKeyThatIsOpenToOthers(String rights) throws Exception {
    Path key = SshKeys.make(folder.resolve("id"), "ed25519", "");
    lab.server().authorize(key, "");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(rights));
    fails(
        lab.withKey(key),
        Kind.KEY_UNUSABLE,
        key + " is open to others than its owner (" + rights + "); chmod 600 " + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa"})
  void refusesAnEncryptedKey(String type) {
    Path key = SshKeys.make(folder.resolve("id"), type, "a passphrase");
    fails(lab.withKey(key), Kind.KEY_UNUSABLE, key + " is encrypted");
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNoKey() throws Exception {
    Path pair = SshKeys.make(folder.resolve("id"), "ed25519", "");
    Path half = secret("half", SshKeys.publicKey(pair));
    fails(lab.withKey(half), Kind.KEY_UNUSABLE, "name the file without .pub");
    Path garbage = secret("garbage", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n");
    fails(lab.withKey(garbage), Kind.KEY_UNUSABLE, "holds no private key that is read here");
    Path cut = secret("cut", Files.readString(pair).substring(0, 200));
    fails(lab.withKey(cut), Kind.KEY_UNUSABLE, "holds no private key that is read here");
    fails(lab.withKey(secret("empty", "")), Kind.KEY_UNUSABLE, "holds no private key");
    fails(lab.withKey(folder.resolve("none")), Kind.KEY_UNUSABLE, "/none does not exist; it must");
    fails(lab.withKey(folder), Kind.KEY_UNUSABLE, " is not a file that this user may read");
  }

  @Test
  void saysThatTheHostEndsTheLogin() throws Exception {
    SshServer strict = new SshServer(List.of("ed25519"), "MaxAuthTries 0");
    try (Lab other = Lab.open(folder, strict, "")) {
      SshFailure failure = failure(other.address(), Lab.LIMIT);
      assertThat(failure.getMessage()).contains("ended the login: Too many authentication");
      assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    }
  }

  @Test
  void saysThatThePortIsClosed() throws Exception {
    int port;
    try (ServerSocket free = listen()) {
      port = free.getLocalPort();
    }
    fails(
        lab.at(port),
        Kind.UNREACHABLE,
        "127.0.0.1:" + port + " refuses the connection; does sshd run there, on this port?");
  }

  @Test
  void saysThatTheNameIsUnknown() {
    SshAddress known = lab.address();
    fails(
        new SshAddress("nowhere.invalid", 22, known.user(), lab.key(), lab.knownHosts()),
        Kind.UNREACHABLE,
        "no name server knows nowhere.invalid");
  }

  @Test
  void givesUpAHostThatAcceptsAndNeverSpeaks() throws Exception {
    try (ServerSocket silent = listen()) {
      SshFailure failure = failure(lab.at(silent.getLocalPort()), SHORT);
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.getMessage()).contains("did not say a word within 0.5 s");
    }
  }

  /** As if it were switched off: nobody takes up the connection. */
  @Test
  void givesUpAHostThatDoesNotAnswerAtAll() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = fill(deaf);
      SshFailure failure = failure(lab.at(deaf.getLocalPort()), SHORT);
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.getMessage()).contains("did not say a word within 0.5 s; is the host up");
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  /** Connects until the system takes no more of it. */
  private static List<Socket> fill(ServerSocket deaf) throws IOException {
    List<Socket> waiting = new ArrayList<>();
    while (waiting.size() < 10) {
      Socket next = new Socket();
      waiting.add(next);
      try {
        next.connect(deaf.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException e) {
        return waiting;
      }
    }
    throw new AssertionError("this system takes any number of connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-stops here\r\n", "SSH-2.0-sto", "so\r\nmuch\r\nto say\r\n"})
  void givesUpAHostThatStopsInTheMiddle(String greeting) throws Exception {
    try (ServerSocket server = listen()) {
      Socket[] accepted = greet(server, greeting);
      SshFailure failure = failure(lab.at(server.getLocalPort()), SHORT);
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.getMessage()).contains("stopped in the middle of the handshake");
      await().until(() -> accepted[0].getInputStream().read(new byte[4096]) < 0);
      accepted[0].close();
    }
  }

  @Test
  void givesUpAHostThatNeverStopsGreeting() throws Exception {
    try (ServerSocket server = listen()) {
      Thread talker =
          new Thread(
              () -> {
                try (Socket accepted = server.accept()) {
                  while (true) {
                    accepted
                        .getOutputStream()
                        .write("welcome\r\n".getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  // The other side has gone.
                }
              });
      talker.start();
      assertThat(failure(lab.at(server.getLocalPort()), SHORT).getMessage())
          .contains("stopped in the middle of the handshake");
      talker.join(5_000);
      assertThat(talker.isAlive()).isFalse();
    }
  }

  @Test
  void anInterruptEndsTheHandshake() throws Exception {
    AtomicReference<Exception> thrown = new AtomicReference<>();
    try (ServerSocket silent = listen()) {
      Thread thread =
          new Thread(
              () -> {
                try (SshConnection connection = lab.connect(lab.at(silent.getLocalPort()))) {
                  connection.run("never", Lab.LIMITS);
                } catch (SshFailure | InterruptedException e) {
                  thrown.set(e);
                }
              });
      thread.start();
      try (Socket accepted = silent.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo('S');
        thread.interrupt();
        thread.join(2_000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      }
    }
  }

  @Test
  void refusesAHostThatHasOnlyOldSignatures() throws Exception {
    try (Lab old =
        Lab.open(folder, new SshServer(List.of("rsa"), "HostKeyAlgorithms ssh-rsa"), "")) {
      SshFailure failure = failure(old.address(), Lab.LIMIT);
      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure.getMessage()).contains("has no algorithm in common");
    }
  }

  private static void connects(SshAddress address) throws Exception {
    try (SshConnection connection = lab.connect(address)) {
      assertThat(connection.run("echo in", Lab.LIMITS)).isEqualTo(new SshResult.Exited(0, "in"));
    }
  }

  private static void fails(SshAddress address, Kind kind, String words) {
    SshFailure failure = failure(address, Lab.LIMIT);
    assertThat(failure.getMessage()).contains(words).hasLineCount(1);
    assertThat(failure.kind()).isEqualTo(kind);
  }

  private static SshFailure failure(SshAddress address, Duration limit) {
    return assertThatExceptionOfType(SshFailure.class)
        .isThrownBy(() -> Lab.CLIENT.connect(address, limit).close())
        .actual();
  }

  private static String name() {
    return "[127.0.0.1]:" + lab.server().port();
  }

  private static String hostKey() {
    return lab.server().hostKey("ed25519");
  }

  private static String fingerprint() {
    return lab.server().fingerprint("ed25519");
  }

  /** A key that the server does not have, of a kind that it has. */
  private static String other() {
    return SshKeys.publicKey(lab.key());
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  /** Accepts one connection, and says this and nothing more. */
  private static Socket[] greet(ServerSocket server, String greeting) {
    Socket[] accepted = new Socket[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                accepted[0] = server.accept();
                accepted[0].getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return accepted;
  }
}
