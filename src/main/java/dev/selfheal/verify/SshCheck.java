package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import dev.selfheal.ssh.SshFailure;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the receiver's key opens a target's host, and the host shows the key that is known. */
record SshCheck(String target, Target.Ssh ssh, Once<Sight> visit, Account account)
    implements Check {

  @Override
  public CheckName name() {
    return CheckName.SSH;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    SshFailure failure = visit.get().failureOrNull();
    if (failure == null) {
      Optional<CheckResult> closed = closedToTheReceiver();
      return closed.orElse(
          new Ok(
              "%s logs in at %s port %d, and may ask the API"
                  .formatted(ssh.user(), ssh.host(), ssh.port())));
    }
    String why = String.valueOf(failure.getMessage());
    return account.stranger() && !Files.isReadable(ssh.files().identity())
        ? new NotApplicable("the key is the receiver's: " + why + "; run verify as root")
        : new Failed(why, mend(failure.kind(), account.receivers().orElse("selfheal")));
  }

  /** What root may read, and so has used just now, but the receiver's user may not. */
  private Optional<CheckResult> closedToTheReceiver() throws InterruptedException {
    String receivers = account.isRoot() ? account.receivers().orElse(Account.ROOT) : Account.ROOT;
    if (receivers.equals(Account.ROOT)) {
      return Optional.empty();
    }
    for (Path file : List.of(ssh.files().identity(), ssh.files().knownHosts())) {
      if (!account.systemd().mayRead(file, receivers)) {
        return Optional.of(
            new Failed(
                file + " may not be read by the receiver's user " + receivers,
                "chown " + receivers + " " + file));
      }
    }
    return Optional.empty();
  }

  private String mend(SshFailure.Kind kind, String receivers) {
    String identity = ssh.files().identity().toString();
    String knownHosts = ssh.files().knownHosts().toString();
    String scan =
        "ssh-keyscan -p %d %s >> %s, and compare the fingerprints with those on the host"
            .formatted(ssh.port(), ssh.host(), knownHosts);
    return switch (kind) {
      case UNREACHABLE, PROTOCOL ->
          "systemctl enable --now ssh.service, on that host; if it runs: ssh -p %d -v %s, from here"
              .formatted(ssh.port(), ssh.host());
      case HOST_KEY_UNKNOWN -> scan;
      case HOST_KEY_CHANGED ->
          "if the host was installed anew: ssh-keygen -R '%s' -f %s; %s; if not, find out who answers there"
              .formatted(known(), knownHosts, scan);
      case DENIED ->
          "put the line of %s.pub into authorized_keys of %s on %s, with the host agent as its command (docs/install.md, A receiver and hosts)"
              .formatted(identity, ssh.user(), ssh.host());
      case KEY_UNUSABLE ->
          "chmod 600 %1$s; chown %2$s %1$s; a lost one: ssh-keygen -t ed25519 -N '' -f %1$s, chown %2$s %1$s, and its public half into authorized_keys there"
              .formatted(identity, receivers);
      case KNOWN_HOSTS_UNUSABLE -> "chmod 644 " + knownHosts + ", and correct its lines";
      case FORWARDING_DENIED ->
          "let the key in authorized_keys there say port-forwarding and permitopen with the address in"
              + " ollama_url: no restart could be proven without it";
    };
  }

  /** As known_hosts calls it. */
  private String known() {
    return ssh.port() == 22 ? ssh.host() : "[" + ssh.host() + "]:" + ssh.port();
  }
}
