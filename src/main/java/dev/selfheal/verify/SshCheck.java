package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import dev.selfheal.ssh.SshFailure;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.nio.file.Files;

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
      return new Ok(
          "%s logs in at %s port %d, and may ask the API"
              .formatted(ssh.user(), ssh.host(), ssh.port()));
    }
    String why = String.valueOf(failure.getMessage());
    return account.stranger() && !Files.isReadable(ssh.files().identity())
        ? new NotApplicable("the key is the receiver's: " + why + "; run verify as root")
        : new Failed(why, mend(failure.kind(), ssh));
  }

  static String mend(SshFailure.Kind kind, Target.Ssh ssh) {
    String identity = ssh.files().identity().toString();
    String knownHosts = ssh.files().knownHosts().toString();
    return switch (kind) {
      case UNREACHABLE, PROTOCOL ->
          "ssh -p %d -v %s, from this host; does sshd run there, and is the way open?"
              .formatted(ssh.port(), ssh.host());
      case HOST_KEY_UNKNOWN ->
          "ssh-keyscan -p %d %s >> %s, and compare the fingerprints with those on the host"
              .formatted(ssh.port(), ssh.host(), knownHosts);
      case HOST_KEY_CHANGED ->
          "if the host was installed anew: ssh-keygen -R '%s' -f %s, then ssh-keyscan as in"
                  .formatted(
                      ssh.port() == 22 ? ssh.host() : "[" + ssh.host() + "]:" + ssh.port(),
                      knownHosts)
              + " docs/configuration.md; if not, find out who answers there";
      case DENIED ->
          "put the line of %s.pub into authorized_keys of %s on %s, with the host agent as its command"
              .formatted(identity, ssh.user(), ssh.host());
      case KEY_UNUSABLE ->
          "chmod 600 %s, owned by the receiver's user; a lost one: ssh-keygen -t ed25519 -N '' -f %s"
              .formatted(identity, identity);
      case KNOWN_HOSTS_UNUSABLE -> "chmod 644 " + knownHosts + ", and correct its lines";
      case FORWARDING_DENIED ->
          "let the key in authorized_keys there say port-forwarding and permitopen with the address in"
              + " ollama_url: no restart could be proven without it";
    };
  }
}
