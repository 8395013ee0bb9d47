package dev.selfheal.deployed;

import static dev.selfheal.deployed.Breakage.typed;

import java.util.stream.Stream;

/** What can be wrong on a receiver's way into its host: keys, sshd, and the host agent. */
final class WayIn {
  private static final String SSH = "ssh gpu-02";
  private static final String HOST_AGENT = "host_agent gpu-02";
  private static final String AGENT = "command=\"/usr/lib/selfheal/host-agent\"";
  private static final String OWN = "chown selfheal " + Rack.KEY;
  private static final String ANEW = "ssh-keygen -t ed25519 -N '' -f " + Rack.KEY;

  private WayIn() {}

  static Stream<Breakage> breakages() {
    return Stream.of(
        unknownKey(),
        lostKey(),
        keyOfRoot(),
        changedHost(),
        stoppedServer(),
        noAgent(),
        agentOfAnotherUnit());
  }

  private static Breakage unknownKey() {
    return new Breakage(
        "a key that the host does not know",
        typed("gpu-02# truncate --size=0 " + Rack.KEYS),
        SSH,
        "put the line of " + Rack.KEY + ".pub into authorized_keys of selfheal on gpu-02",
        rack -> rack.retype("runuser -u selfheal -- tee"));
  }

  private static Breakage lostKey() {
    return new Breakage(
        "a key that is gone",
        typed("receiver# rm " + Rack.KEY),
        SSH,
        ANEW + ", " + OWN,
        rack -> {
          typed("receiver# " + ANEW, "receiver# " + OWN).accept(rack);
          rack.retype("echo ", "scp ", "runuser -u selfheal -- tee");
        });
  }

  private static Breakage keyOfRoot() {
    return new Breakage(
        "a key that root made for itself",
        typed("receiver# chown root " + Rack.KEY),
        SSH,
        OWN,
        typed("receiver# " + OWN));
  }

  private static Breakage changedHost() {
    String key = "/etc/ssh/ssh_host_ed25519_key";
    String forget = "ssh-keygen -R 'gpu-02' -f " + Rack.KNOWN_HOSTS;
    String scan = "ssh-keyscan -p 22 gpu-02 >> " + Rack.KNOWN_HOSTS;
    return new Breakage(
        "a host's key that has changed",
        typed(
            "gpu-02# rm " + key + " && ssh-keygen -q -t ed25519 -N '' -f " + key,
            "gpu-02# systemctl restart ssh"),
        SSH,
        forget + "; " + scan,
        typed("receiver# " + forget + " && " + scan));
  }

  private static Breakage stoppedServer() {
    String mend = "systemctl enable --now ssh.service";
    return new Breakage(
        "an SSH server that is stopped",
        typed("gpu-02# systemctl stop ssh.service"),
        SSH,
        mend,
        typed("gpu-02# " + mend));
  }

  private static Breakage noAgent() {
    return new Breakage(
        "a key that runs no host agent",
        typed("gpu-02# sed -i 's#," + AGENT + "##' " + Rack.KEYS),
        HOST_AGENT,
        AGENT,
        typed("gpu-02# sed -i 's#\"127.0.0.1:11434\"#&," + AGENT + "#' " + Rack.KEYS));
  }

  private static Breakage agentOfAnotherUnit() {
    return new Breakage(
        "a host agent that acts on another unit",
        typed("gpu-02# sed -i s/^UNIT=.*/UNIT=cron.service/ " + Rack.AGENT_CONF),
        HOST_AGENT,
        "set UNIT=ollama.service in " + Rack.AGENT_CONF + " there",
        typed("gpu-02# sed -i s/^UNIT=.*/UNIT=ollama.service/ " + Rack.AGENT_CONF));
  }
}
