package dev.selfheal.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import dev.selfheal.child.Plain;
import dev.selfheal.ssh.SshFailure.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says in one line why a handshake failed, and what to do.
 *
 * @param key the fingerprint of the user's key
 */
record Failures(SshAddress address, String key, Duration limit) {
  private static final int MOST_SAID = 120;

  /**
   * What an exception of JSch means.
   *
   * @param trusted whether the host has shown the key that it is known by
   */
  SshFailure of(Throwable thrown, Line line, boolean trusted) {
    if (find(thrown, SocketTimeoutException.class).isPresent()) {
      return late(line);
    }
    if (find(thrown, JSchAlgoNegoFailException.class).isPresent()) {
      return failure(
          Kind.PROTOCOL,
          " has no algorithm in common with this client; it must offer some of OpenSSH 7.2 or"
              + " newer ("
              + said(thrown)
              + ")");
    }
    return unreachable(thrown)
        .or(
            () ->
                find(thrown, JSchSessionDisconnectException.class)
                    .filter(end -> trusted)
                    .map(this::disconnected))
        .orElseGet(() -> other(thrown));
  }

  /** The time was over. */
  SshFailure late(Line line) {
    return failure(
        Kind.UNREACHABLE,
        line.heard()
            ? " stopped in the middle of the handshake, and " + seconds() + " are over"
            : " did not say a word within "
                + seconds()
                + "; is the host up, and is this its sshd?");
  }

  private Optional<SshFailure> unreachable(Throwable thrown) {
    if (find(thrown, UnknownHostException.class).isPresent()) {
      return Optional.of(
          new SshFailure(
              Kind.UNREACHABLE,
              "no name server knows " + address.host() + "; correct the host's name"));
    }
    if (find(thrown, NoRouteToHostException.class).isPresent()) {
      return Optional.of(failure(Kind.UNREACHABLE, " cannot be reached: there is no route to it"));
    }
    return find(thrown, ConnectException.class)
        .map(
            refused ->
                failure(
                    Kind.UNREACHABLE,
                    " refuses the connection; does sshd run there, on this port?"));
  }

  private SshFailure disconnected(JSchSessionDisconnectException end) {
    return failure(Kind.DENIED, " ended the login: " + Plain.line(end.getDescription(), MOST_SAID));
  }

  private SshFailure other(Throwable thrown) {
    String said = said(thrown);
    if (said.startsWith("Auth fail") || said.startsWith("Auth cancel")) {
      return failure(
          Kind.DENIED,
          " does not let "
              + address.user()
              + " in with the key "
              + address.identityFile()
              + " ("
              + key
              + "); its public half belongs into that user's authorized_keys there: ssh-keygen -y"
              + " -f "
              + address.identityFile());
    }
    return said.contains("invalid protocol") || said.contains("invalid server's version")
        ? failure(Kind.PROTOCOL, " does not speak SSH 2 (" + said + ")")
        : failure(Kind.UNREACHABLE, " ended the connection during the handshake (" + said + ")");
  }

  private SshFailure failure(Kind kind, String predicate) {
    return new SshFailure(kind, address.title() + predicate);
  }

  private String seconds() {
    return limit.toMillis() / 1000.0 + " s";
  }

  private static String said(Throwable thrown) {
    return Plain.line(String.valueOf(thrown.getMessage()), MOST_SAID);
  }

  private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    return Stream.<Throwable>iterate(thrown, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
