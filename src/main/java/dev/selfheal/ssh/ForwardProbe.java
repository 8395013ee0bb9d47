package dev.selfheal.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.selfheal.ssh.SshFailure.Kind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a host whether it would forward to a port at all: through a forwarded port a prohibition
 * looks like a server that hangs up.
 */
record ForwardProbe(Session session, SshAddress address) {
  /** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED of RFC 4254. */
  private static final int PROHIBITED = 1;

  /**
   * Opens a channel and closes it again. That nobody answers, or not in time, is no failure: that
   * is for those to find out who use the port.
   */
  void check(String host, int port, Duration limit) throws SshFailure, InterruptedException {
    ChannelDirectTCPIP channel = channel(host, port);
    Future<Boolean> opening =
        Aside.start(
            "ssh-forward " + address.host(),
            () -> {
              channel.connect(JschClient.millis(limit));
              return true;
            });
    try {
      opening.get(JschClient.millis(limit), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (channel.getExitStatus() == PROHIBITED) {
        throw denied(host, port);
      }
    } catch (TimeoutException e) {
      // Neither allowed nor forbidden.
    } finally {
      channel.disconnect();
    }
  }

  private ChannelDirectTCPIP channel(String host, int port) throws SshFailure {
    try {
      if (session.openChannel("direct-tcpip") instanceof ChannelDirectTCPIP channel) {
        channel.setHost(host);
        channel.setPort(port);
        return channel;
      }
    } catch (JSchException e) {
      // It says no more than that the session is down.
    }
    throw new SshFailure(Kind.UNREACHABLE, "the connection to " + address.title() + " was lost");
  }

  private SshFailure denied(String to, int port) {
    String host = to.contains(":") ? "[" + to + "]" : to;
    return new SshFailure(
        Kind.FORWARDING_DENIED,
        address.title()
            + " does not let "
            + address.user()
            + " be forwarded to "
            + host
            + ":"
            + port
            + "; the key's line in authorized_keys there needs port-forwarding,permitopen=\""
            + host
            + ":"
            + port
            + "\", and its sshd_config AllowTcpForwarding");
  }
}
