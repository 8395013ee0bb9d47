package dev.selfheal.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.selfheal.ssh.SshFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Connects by JSch. Only a public key logs in; no agent, no password, no configuration file of any
 * user takes part. Each connection has a JSch of its own.
 */
public final class JschClient implements SshClient {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final int KEEP_ALIVES = 3;

  private static final String USER_KEYS =
      "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
          + "rsa-sha2-512,rsa-sha2-256";
  private static final String MACS =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

  private final LongSupplier nanoTime;
  private final Duration keepAlive;

  /**
   * A client whose connections find a dead host within 40 seconds.
   *
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public JschClient(LongSupplier nanoTime) {
    this(nanoTime, KEEP_ALIVE);
  }

  /** A client that asks a silent host for a sign of life each {@code keepAlive}. */
  JschClient(LongSupplier nanoTime, Duration keepAlive) {
    this.nanoTime = nanoTime;
    this.keepAlive = keepAlive;
  }

  @Override
  public SshConnection connect(SshAddress address, Duration limit)
      throws SshFailure, InterruptedException {
    JSch jsch = new JSch();
    jsch.setInstanceLogger(new DebugLog());
    String key = PrivateKey.give(address.identityFile(), jsch);
    HostKeyCheck hostKeys = new HostKeyCheck(address, KnownHosts.read(address.knownHosts()));
    jsch.setHostKeyRepository(hostKeys);
    Line line = new Line(millis(limit));
    Session session = session(jsch, address, hostKeys.algorithms());
    session.setSocketFactory(line);
    shake(session, line, hostKeys, new Failures(address, key, limit));
    return new JschConnection(session, line, address, nanoTime);
  }

  private static void shake(Session session, Line line, HostKeyCheck hostKeys, Failures failures)
      throws SshFailure, InterruptedException {
    int millis = millis(failures.limit());
    Future<Boolean> handshake =
        Aside.start(
            "ssh-handshake " + session.getHost(),
            () -> {
              session.connect(millis);
              return true;
            });
    boolean connected = false;
    try {
      connected = handshake.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failures.late(line);
    } catch (ExecutionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      throw hostKeys.refusal().orElseGet(() -> failures.of(cause, line, hostKeys.accepted()));
    } finally {
      if (!connected) {
        line.tear();
      }
    }
  }

  private Session session(JSch jsch, SshAddress address, String hostKeyAlgorithms)
      throws SshFailure {
    try {
      Session session = jsch.getSession(address.user(), address.host(), address.port());
      session.setDaemonThread(true);
      session.setConfig("StrictHostKeyChecking", "yes");
      session.setConfig("prefer_known_host_key_types", "no");
      session.setConfig("server_host_key", hostKeyAlgorithms);
      session.setConfig("PreferredAuthentications", "publickey");
      session.setConfig("PubkeyAcceptedAlgorithms", USER_KEYS);
      session.setConfig("mac.s2c", MACS);
      session.setConfig("mac.c2s", MACS);
      session.setServerAliveInterval(millis(keepAlive));
      session.setServerAliveCountMax(KEEP_ALIVES);
      return session;
    } catch (JSchException e) {
      throw new SshFailure(
          Kind.PROTOCOL, "no SSH session with " + address.title() + " can be prepared", e);
    }
  }

  /** At least 1, because 0 would be for ever. */
  static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
  }
}
