package dev.selfheal.ssh;

import java.time.Duration;

/** Connects to hosts. */
public interface SshClient {

  /**
   * Connects, checks the host's key, and logs in.
   *
   * @param limit for all of that together, and for the name to be resolved
   * @throws SshFailure if there is no connection, saying why and what to do
   * @throws InterruptedException if the thread was interrupted; nothing stays open
   */
  SshConnection connect(SshAddress address, Duration limit) throws SshFailure, InterruptedException;
}
