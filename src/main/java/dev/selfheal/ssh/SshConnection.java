package dev.selfheal.ssh;

import java.net.URI;
import java.time.Duration;

/** An open connection to a host, for several threads at once. */
public interface SshConnection extends AutoCloseable {

  /**
   * Runs a command in a channel of its own, with nothing to read. When it is given up, because its
   * time is over or the thread was interrupted, it may go on over there.
   *
   * @param command what the login shell there is given, unless it has a command of its own for this
   *     key
   * @throws InterruptedException if the thread was interrupted; what the command did is not known.
   *     If its channel was just being opened, the whole connection has been closed.
   */
  SshResult run(String command, SshLimits limits) throws InterruptedException;

  /**
   * Opens a port of this machine, on 127.0.0.1 alone, that leads to a port seen from the host. It
   * closes with the connection. Every user of this machine can use it until then, and one who does
   * not read what he asked for holds up the whole connection.
   *
   * @param limit how long the host may take to say that the key may not go there; that it does not
   *     say so in time is none, as a port with a full queue answers nobody
   * @return {@code http://127.0.0.1:PORT}
   * @throws SshFailure if the host does not let this key go there, or the connection is lost;
   *     nobody listening there is none
   */
  URI forward(String host, int port, Duration limit) throws SshFailure, InterruptedException;

  /** Ends it, with all its commands and forwarded ports. */
  @Override
  void close();
}
