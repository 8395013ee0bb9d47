package dev.selfheal.action;

import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another host, reached over SSH. */
final class SshHost implements Host {
  private static final int MOST_OUTPUT = 8 << 10;

  private final Target target;
  private final Target.Ssh ssh;
  private final SshLine line;
  private final HostAgent agent;
  private final OllamaServer server;

  SshHost(Target target, Target.Ssh ssh, SshLine line, OllamaServer server) {
    this.target = target;
    this.ssh = ssh;
    this.line = line;
    this.agent = (order, limit) -> line.run(order, limit, HostAgent.MOST_REPORT);
    this.server = server;
  }

  @Override
  public Optional<String> unit() {
    return hasAgent() ? target.control().unit() : Optional.empty();
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public HostReport look(Duration limit) throws InterruptedException {
    return hasAgent()
        ? checked(agent.report(HostAgent.Verb.STATUS, limit).report())
        : withoutAgent(limit);
  }

  /** Its agent takes the unit from its own configuration, which may be about another one. */
  private HostReport checked(HostReport report) {
    Optional<String> acts =
        report instanceof HostReport.Seen seen ? UnitState.name(seen.unit()) : Optional.empty();
    Optional<String> wanted = target.control().unit();
    return acts.isEmpty() || acts.equals(wanted)
        ? report
        : new HostReport.Unreadable(
            "the host agent there acts on %s, and this target is for %s: set UNIT in its %s"
                .formatted(acts.get(), wanted.orElse(""), "/etc/selfheal/host-agent.conf"));
  }

  /** That it lets the receiver in is all that can be seen of it. */
  private HostReport withoutAgent(Duration limit) throws InterruptedException {
    Optional<String> closed = line.reach(limit);
    return closed.isPresent()
        ? new HostReport.Unreadable(closed.get())
        : new HostReport.Seen(
            null,
            "",
            List.of(),
            List.of(),
            new HostPage.Missing("no host agent"),
            "",
            List.of(),
            List.of(),
            true);
  }

  @Override
  public Gathered gather(Duration limit) throws InterruptedException {
    return hasAgent()
        ? agent.report(HostAgent.Verb.EVIDENCE, limit)
        : new Gathered(withoutAgent(limit), "");
  }

  @Override
  public CommandResult resetFailed(Duration limit) throws InterruptedException {
    return agent.run(HostAgent.Verb.RESET_FAILED, limit);
  }

  @Override
  public CommandResult act(Action action, Duration limit) throws InterruptedException {
    return line.run(ssh.command().orElse(verb(action).word()), limit, MOST_OUTPUT);
  }

  @Override
  public String line(Action action) {
    String where = "on %s port %d: ".formatted(ssh.host(), ssh.port());
    String unit = target.control().unit().orElse("");
    return where
        + ssh.command().orElseGet(() -> "host-agent " + verb(action).word() + " " + unit).strip();
  }

  private static HostAgent.Verb verb(Action action) {
    return switch (action) {
      case RESTART -> HostAgent.Verb.RESTART;
      case KILL -> HostAgent.Verb.KILL;
      case COMMAND -> HostAgent.Verb.LADDER_COMMAND;
    };
  }

  @Override
  public boolean throughSystemd() {
    return hasAgent();
  }

  @Override
  public CommandResult askToFreeze(Duration limit) throws InterruptedException {
    return agent.run(HostAgent.Verb.MAY_FREEZE, limit);
  }

  @Override
  public CommandResult freeze(Freeze freeze, Duration limit) throws InterruptedException {
    return agent.run(freeze.order(), limit);
  }

  @Override
  public CommandResult thaw(Duration limit) throws InterruptedException {
    return agent.run(HostAgent.Verb.THAW, limit);
  }

  @Override
  public OllamaServer server() {
    return server;
  }

  @Override
  public void close() {
    line.close();
  }

  private boolean hasAgent() {
    return ssh.command().isEmpty();
  }
}
