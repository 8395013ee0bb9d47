package dev.selfheal.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real OpenSSH server of the Debian package, on a free port of loopback, with host keys, a
 * configuration and authorized keys of its own. It lets in the user that runs the tests. Ready when
 * constructed; {@link #close} ends it with its sessions.
 */
public final class SshServer implements RealProgram {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** Where Debian's sshd keeps nothing, but wants a folder for it if it is root's. */
  private static final Path EMPTY = Path.of("/run/sshd");

  private final OwnFolder folder = new OwnFolder("sshd");
  private final int port =
      Integer.parseInt(Loopback.freeAddress().replaceFirst(".*:", "")); // 127.0.0.1:PORT
  private final Map<String, Path> hostKeys = new LinkedHashMap<>();
  private RealProcess process;

  /**
   * Starts a server that has one key of each kind.
   *
   * @param config further lines of its configuration
   */
  public SshServer(String... config) {
    this(List.of("ed25519", "ecdsa", "rsa"), config);
  }

  /**
   * Starts a server.
   *
   * @param hostKeyTypes such as {@code ed25519}
   * @param config further lines of its configuration
   */
  public SshServer(List<String> hostKeyTypes, String... config) {
    for (String type : hostKeyTypes) {
      hostKeys.put(type, SshKeys.make(folder.path().resolve("host_" + type), type, ""));
    }
    folder.writeSecret("authorized_keys", "");
    folder.write("sshd_config", text(config));
    makeEmptyFolder();
    process = listening();
  }

  private RealProcess listening() {
    Path file = folder.path().resolve("sshd_config");
    RealProcess started =
        RealProcess.start(
            "sshd", folder.path(), List.of(program().toString(), "-D", "-e", "-f", "" + file));
    await("sshd listens")
        .atMost(START_LIMIT)
        .until(() -> started.log().contains("Server listening on"));
    return started;
  }

  private static Path program() {
    // Debian's ordinary users do not have it on their PATH.
    return DebianProgram.SSHD.on(System.getenv().getOrDefault("PATH", "") + ":/usr/sbin");
  }

  private String text(String... config) {
    String keys =
        hostKeys.values().stream().map(key -> "HostKey " + key).collect(Collectors.joining("\n"));
    return Stream.concat(
            Stream.of(
                "ListenAddress 127.0.0.1:" + port,
                keys,
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin yes",
                "LogLevel VERBOSE",
                "AuthorizedKeysFile " + folder.path().resolve("authorized_keys")),
            Stream.of(config))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void makeEmptyFolder() {
    try {
      if (Files.isWritable(EMPTY.getParent())) {
        Files.createDirectories(EMPTY);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The user that it lets in. */
  public static String user() {
    return System.getProperty("user.name");
  }

  /**
   * Lets a key in.
   *
   * @param options as in authorized_keys, such as {@code restrict}; empty for none
   */
  public void authorize(Path privateKey, String options) {
    String line = (options + " " + SshKeys.publicKey(privateKey)).strip();
    folder.write("authorized_keys", folder.read("authorized_keys") + line + "\n");
  }

  /** Lets nobody in from now on. */
  public void forgetKeys() {
    folder.write("authorized_keys", "");
  }

  /** The public key of a kind that it shows, such as {@code ed25519}, with its type. */
  public String hostKey(String type) {
    Path file = hostKeys.get(type);
    if (file == null) {
      throw new IllegalArgumentException("no host key of the type " + type);
    }
    return SshKeys.publicKey(file);
  }

  /** The fingerprint of that key, as {@code ssh-keygen -lf} prints it. */
  public String fingerprint(String type) {
    return ToolRun.sshKeygen("-lf", hostKeys.get(type) + ".pub").output().split(" ", -1)[1];
  }

  /** The lines of a known_hosts file that ssh-keyscan would print for it. */
  public String[] knownHosts() {
    return hostKeys.keySet().stream()
        .map(type -> "[127.0.0.1]:" + port + " " + hostKey(type))
        .toArray(String[]::new);
  }

  /** How many connections it serves now. */
  public int sessions() {
    return sessionProcesses().size();
  }

  /** Kills the processes that serve its connections with SIGKILL, and nothing else. */
  public void cut() {
    sessionProcesses().forEach(ProcessHandle::destroyForcibly);
  }

  /** Stops the processes that serve its connections: they are there, and say nothing more. */
  public void freeze() {
    sessionProcesses().forEach(each -> Signals.send("STOP", each.pid()));
  }

  private List<ProcessHandle> sessionProcesses() {
    return ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::children).toList();
  }

  @Override
  public String log() {
    return process.log();
  }

  /** Ends it with its connections, as a host that goes down. */
  public void goDown() {
    List<ProcessHandle> sessions = sessionProcesses();
    process.kill();
    sessions.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it again after {@link #goDown}, with the same keys on the same port. */
  public void comeBack() {
    process.close();
    process = listening();
  }

  @Override
  public void close() {
    goDown();
    process.close();
    folder.close();
  }
}
