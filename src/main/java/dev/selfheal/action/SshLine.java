package dev.selfheal.action;

import dev.selfheal.child.Plain;
import dev.selfheal.ssh.SshAddress;
import dev.selfheal.ssh.SshClient;
import dev.selfheal.ssh.SshConnection;
import dev.selfheal.ssh.SshFailure;
import dev.selfheal.ssh.SshLimits;
import dev.selfheal.ssh.SshResult;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to another host, for one visit. It is opened when it is needed, and anew when it was
 * lost. For one thread.
 */
final class SshLine implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int MAX_WHY = 600;

  private final SshClient client;
  private final SshAddress address;
  private @Nullable SshConnection connection;
  private int opened;

  SshLine(SshClient client, SshAddress address) {
    this.client = client;
    this.address = address;
  }

  /** Runs a command there. */
  CommandResult run(String command, Duration limit, int mostBytes) throws InterruptedException {
    try {
      SshConnection open = open(limit);
      return result(open.run(command, new SshLimits(limit, limit, mostBytes)));
    } catch (SshFailure e) {
      return new CommandResult.NotStarted(why(e));
    }
  }

  /**
   * A port of this machine that leads to one of the host's; the same one as long as the way is
   * open.
   *
   * @throws SshFailure if there is no way
   */
  URI forward(String host, int port, Duration limit) throws SshFailure, InterruptedException {
    return open(limit).forward(host, port, limit);
  }

  /** Opens the way; says why there is none. */
  Optional<String> reach(Duration limit) throws InterruptedException {
    try {
      open(limit);
      return Optional.empty();
    } catch (SshFailure e) {
      return Optional.of(why(e));
    }
  }

  /** The number of the way that is open, another one each time; 0 if none is. */
  int number() {
    return connection == null ? 0 : opened;
  }

  private SshConnection open(Duration limit) throws SshFailure, InterruptedException {
    if (connection == null) {
      Duration most = limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT;
      connection = client.connect(address, most);
      opened++;
    }
    return connection;
  }

  private CommandResult result(SshResult result) {
    if (result instanceof SshResult.Exited exited) {
      return new CommandResult.Exited(exited.status(), exited.output());
    } else if (result instanceof SshResult.TimedOut late) {
      return new CommandResult.TimedOut(late.soFar());
    }
    close(); // the next question goes over a new one
    return result instanceof SshResult.Cut cut
        ? new CommandResult.Cut(cut.soFar(), Plain.line(cut.why(), MAX_WHY))
        : new CommandResult.NotStarted(Plain.line(((SshResult.NotStarted) result).why(), MAX_WHY));
  }

  static String why(SshFailure failure) {
    return Plain.line(String.valueOf(failure.getMessage()), MAX_WHY);
  }

  @Override
  public void close() {
    SshConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
