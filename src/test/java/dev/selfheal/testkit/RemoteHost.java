package dev.selfheal.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A GPU host as a receiver reaches it over SSH: a real OpenSSH server of its own, the host agent as
 * the forced command of the receiver's key, and a systemctl that plays one unit. What the unit runs
 * is the test's.
 */
public final class RemoteHost implements RealProgram {
  private static final Path AGENT = Path.of("src/main/resources/dev/selfheal/action/host-agent");

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      # Plays systemctl for one unit, whose main process stands in a file.
      cd '%1$s' || exit 1
      echo "$*" >>calls
      if [ -e hang ]; then exec sleep 300; fi
      case "$*" in
        *" show "*selfheal-exporter.service) cat exporter ;;
        *" show -p LoadState -- selfheal-ladder.service") echo LoadState=loaded ;;
        *" show "* | "show "*)
          pid=$(cat '%2$s' 2>/dev/null || echo 0)
          [ "$*" != "${*#*--value}" ] && { echo "$pid"; exit 0; }
          cat unit
          echo "InvocationID=$(printf '%%032x' "$pid")"
          echo "MainPID=$pid"
          ;;
        *list-jobs*) cat jobs queued 2>/dev/null ;;
        *--kill-who=control*)
          if [ -e no-ladder ]; then echo "Failed: Interactive authentication required." >&2; exit 1; fi
          echo "Failed to kill unit: No control process to kill" >&2
          exit 1
          ;;
        *"start --job-mode=triggering -- selfheal-ladder.service")
          if [ -e no-ladder ]; then echo "Failed: Interactive authentication required." >&2; exit 1; fi
          echo "Failed to start: --job-mode=triggering is only valid for stop." >&2
          exit 1
          ;;
        *"kill -s KILL"* | *"start -- selfheal-ladder.service")
          if [ -e no-ladder ]; then echo "Failed: Interactive authentication required." >&2; exit 1; fi
          rm -f queued
          exec sh ./restart
          ;;
        *--job-mode=triggering*)
          if [ -e forbidden ]; then echo "Failed: Interactive authentication required." >&2; exit 1; fi
          echo "Failed to try-restart: --job-mode=triggering is only valid for stop." >&2
          exit 1
          ;;
        *"--no-block try-restart"*) echo "8 ollama.service restart running" >queued ;;
        *try-restart*) exec sh ./restart ;;
        *reset-failed*) exit 0 ;;
        *) exit 1 ;;
      esac
      """;

  private final OwnFolder folder = new OwnFolder("remote-host");
  private final Path mainPid;
  private final int apiPort;
  private final Path bin;
  private final Path key;
  private final Path knownHosts;
  private final SshServer sshd;

  /**
   * Starts one.
   *
   * @param mainPid the file that holds the id of the unit's main process
   * @param restart the commands by which the unit is restarted
   * @param apiPort where the receiver may be forwarded to
   */
  public RemoteHost(Path mainPid, String restart, int apiPort) {
    this.mainPid = mainPid;
    this.apiPort = apiPort;
    restarts(restart);
    unit("loaded", "active", "running");
    exporterUnit("active", "enabled");
    bin = folder.path().resolve("bin");
    program("systemctl", SYSTEMCTL.formatted(folder.path(), mainPid));
    folder.write(
        "agent.conf", "UNIT=ollama.service\nPORT=%d\nTEXTFILE=%s\n".formatted(apiPort, textfile()));
    key = SshKeys.make(folder.path().resolve("receiver_key"), "ed25519", "");
    sshd = new SshServer();
    knownHosts = SshKeys.knownHosts(folder.path().resolve("known_hosts"), sshd.knownHosts());
    authorize("sh");
  }

  /** Lets the receiver's key in, for the host agent with the right clock. */
  public void letIn() {
    sshd.forgetKeys();
    authorize("sh");
  }

  /** Lets systemd refuse a restart from now on, or allow it again. */
  public void forbidRestarts(boolean forbidden) {
    if (forbidden) {
      folder.write("forbidden", "");
    } else {
      folder.remove("forbidden");
    }
  }

  /** Lets systemd refuse the steps of a ladder from now on, or allow them again. */
  public void forbidLadder(boolean forbidden) {
    if (forbidden) {
      folder.write("no-ladder", "");
    } else {
      folder.remove("no-ladder");
    }
  }

  /** Lets the receiver's key in, for the host agent run by these words. */
  private void authorize(String by) {
    authorize(by, apiPort);
  }

  private void authorize(String by, int port) {
    sshd.authorize(
        key,
        "restrict,port-forwarding,permitopen=\"127.0.0.1:%d\",command=\"env PATH=%s:%s %s %s %s\""
            .formatted(
                port,
                bin,
                "/usr/sbin:/usr/bin:/sbin:/bin",
                by,
                AGENT.toAbsolutePath(),
                folder.path().resolve("agent.conf")));
  }

  /** Lets the receiver's key be forwarded to another port only. */
  public void permitOtherPort() {
    sshd.forgetKeys();
    authorize("sh", apiPort == 1 ? 2 : 1);
  }

  /** Sets the clock that the host agent sees forward from now on. */
  public void setClockForward(int seconds) {
    sshd.forgetKeys();
    authorize(DebianProgram.FAKETIME.path() + " -f +" + seconds + "s sh");
  }

  /** Lets the receiver's key in for any command, as on a host without the agent. */
  public void withoutAgent() {
    sshd.forgetKeys();
    sshd.authorize(key, "restrict,port-forwarding,permitopen=\"127.0.0.1:%d\"".formatted(apiPort));
  }

  /** The words that restart it on a host without the agent. */
  public String restartScript() {
    return "cd " + folder.path() + " && sh ./restart";
  }

  /** The unit's main process is this one from now on. */
  public void mainProcess(long pid) {
    try {
      Files.writeString(mainPid, pid + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file that the restart's commands find in their folder. */
  public void write(String name, String text) {
    folder.write(name, text);
  }

  /** Whether the restart's commands have made a file. */
  public boolean has(String name) {
    return Files.exists(folder.path().resolve(name));
  }

  /** Puts a program first on the agent's path. */
  public void program(String name, String text) {
    try {
      Files.createDirectories(bin);
      Path file = Files.writeString(bin.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What systemctl says of the unit from now on, beside its process. */
  public void unit(String load, String active, String sub) {
    folder.write(
        "unit",
        "Id=ollama.service\nLoadState=%s\nActiveState=%s\nSubState=%s\n"
            .formatted(load, active, sub));
  }

  /** What systemctl says of the exporter's unit from now on. */
  public void exporterUnit(String active, String enabled) {
    folder.write(
        "exporter",
        "Id=selfheal-exporter.service\nLoadState=loaded\nActiveState=%s\nUnitFileState=%s\n"
            .formatted(active, enabled));
  }

  /** Lets systemctl hang from now on. */
  public void hangSystemctl() {
    folder.write("hang", "");
  }

  /** What the unit's restart does from now on. */
  public void restarts(String commands) {
    folder.write("restart", commands + "\n");
  }

  /** The words of all calls of systemctl that change something. */
  public List<String> acts() {
    return folder
        .read("calls")
        .lines()
        .filter(call -> !call.contains("show") && !call.contains("list-jobs"))
        .toList();
  }

  /** The exporter's page. */
  public Path textfile() {
    return folder.path().resolve("ollama.prom");
  }

  /** The receiver's private key. */
  public Path key() {
    return key;
  }

  /** The receiver's file of known hosts. */
  public Path knownHosts() {
    return knownHosts;
  }

  /** Its SSH server. */
  public SshServer sshd() {
    return sshd;
  }

  /** The way to it, for a target of a receiver. */
  public String ssh() {
    return "{host: 127.0.0.1, port: %d, user: %s, identity_file: %s, known_hosts: %s}"
        .formatted(sshd.port(), SshServer.user(), key, knownHosts);
  }

  @Override
  public String log() {
    return sshd.log();
  }

  @Override
  public void close() {
    sshd.close();
    folder.close();
  }
}
