package dev.selfheal.verify;

import dev.selfheal.action.Pauser;
import dev.selfheal.ssh.SshClient;
import java.time.Clock;

/**
 * What the checks look with.
 *
 * @param systemd of this machine
 * @param ssh the way to other hosts
 * @param clock this machine's
 * @param pauser lets time pass between two questions
 * @param user who runs this
 */
public record Senses(Systemd systemd, SshClient ssh, Clock clock, Pauser pauser, String user) {

  Account account() {
    return new Account(systemd, user);
  }
}
