package dev.selfheal.remedy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One Ollama server that the receiver may restart, as configured.
 *
 * @param name what operators, metrics and URLs call it
 * @param match which alerts concern it
 * @param control how it is restarted
 * @param signs where one sees how it is
 * @param recovery how long its recovery may take
 */
public record Target(
    String name, Match match, Control control, Signs signs, RecoveryLimits recovery) {

  /** A target without an exporter. */
  public Target(String name, Match match, Control control, URI ollamaUrl, RecoveryLimits recovery) {
    this(name, match, control, new Signs(ollamaUrl, null), recovery);
  }

  /** Where its API answers. */
  public URI ollamaUrl() {
    return signs.ollamaUrl();
  }

  /** The time that the act of restarting may take, before recovery is waited for. */
  public static final Duration ACT_LIMIT = Duration.ofSeconds(60);

  /** How long before an attempt's deadline its holder must have stopped acting. */
  public static final Duration DEADLINE_MARGIN = Duration.ofSeconds(10);

  /** What locks, budgets and cooldowns of this target hang on. */
  public Actuator actuator() {
    return control.actuator();
  }

  /** From the start of an attempt to the moment when anyone may call it abandoned. */
  public Duration attemptLimit() {
    return ACT_LIMIT.plus(recovery.timeout()).plus(recovery.loadTimeout());
  }

  /**
   * How a target is restarted: by its unit, or by a command of its own; here, or on another host.
   *
   * @param unitOrNull the systemd unit, if there is one
   * @param command argv of the restart command of this host; empty means {@code systemctl
   *     try-restart UNIT}, or what {@code ssh} has
   * @param sshOrNull how its host is reached, if that is not the receiver's own
   * @param ladder what may be done when a restart did not help
   */
  public record Control(
      @Nullable String unitOrNull, List<String> command, @Nullable Ssh sshOrNull, Ladder ladder) {

    public Control {
      command = List.copyOf(command);
      if (sshOrNull != null && !command.isEmpty()) {
        throw new IllegalArgumentException("a target of another host has no command of this one");
      }
      boolean remote = sshOrNull != null && sshOrNull.command().isPresent();
      if (unitOrNull == null && command.isEmpty() && !remote) {
        throw new IllegalArgumentException("a target needs a unit or a restart command");
      }
    }

    /** A control without a ladder. */
    public Control(@Nullable String unitOrNull, List<String> command, @Nullable Ssh sshOrNull) {
      this(unitOrNull, command, sshOrNull, Ladder.NONE);
    }

    /** The control of a target on the receiver's own host. */
    public Control(@Nullable String unitOrNull, List<String> command) {
      this(unitOrNull, command, null, Ladder.NONE);
    }

    /** The systemd unit, if there is one. */
    public Optional<String> unit() {
      return Optional.ofNullable(unitOrNull);
    }

    /** How its host is reached; empty for the receiver's own. */
    public Optional<Ssh> ssh() {
      return Optional.ofNullable(sshOrNull);
    }

    Actuator actuator() {
      String host = ssh().map(Ssh::actuatorHost).orElse(Actuator.LOCAL);
      return unit()
          .map(unit -> Actuator.ofUnit(host, unit))
          .orElseGet(() -> Actuator.ofCommand(host, remoteOr(command)));
    }

    private List<String> remoteOr(List<String> local) {
      return ssh().flatMap(Ssh::command).map(List::of).orElse(local);
    }
  }

  /**
   * How another host is reached.
   *
   * @param host a name or an address
   * @param port 1 to 65535
   * @param user the account there
   * @param commandOrNull the one command that restarts it, quoted for sh; null if the host agent
   *     there does
   */
  public record Ssh(
      String host, int port, String user, SshFiles files, @Nullable String commandOrNull) {

    /** The one command that restarts it, quoted for sh; empty if the host agent there does. */
    public Optional<String> command() {
      return Optional.ofNullable(commandOrNull);
    }

    String actuatorHost() {
      String name = host.toLowerCase(Locale.ROOT);
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * What the receiver needs to log in.
   *
   * @param identity the private key
   * @param knownHosts the host's keys
   */
  public record SshFiles(Path identity, Path knownHosts) {}

  /**
   * Where one sees how a target is.
   *
   * @param ollamaUrl where its API answers
   * @param textfileOrNull what its exporter writes, if that is a file of this host
   */
  public record Signs(URI ollamaUrl, @Nullable Path textfileOrNull) {

    /** What its exporter writes, if that is a file of this host. */
    public Optional<Path> textfile() {
      return Optional.ofNullable(textfileOrNull);
    }
  }

  /**
   * How a restart is called off, and how long recovery may take.
   *
   * @param recheck how long the act waits for the second look
   * @param timeout from the end of the act to a server that computes again
   * @param loadTimeout what a model that is being loaded may take on top
   * @param canary whether a model may be asked for a token, before the act and after it
   */
  public record RecoveryLimits(
      Duration recheck, Duration timeout, Duration loadTimeout, boolean canary) {

    /** Limits with a usual second look, and with the canary. */
    public RecoveryLimits(Duration timeout, Duration loadTimeout) {
      this(Duration.ofSeconds(3), timeout, loadTimeout, true);
    }
  }
}
