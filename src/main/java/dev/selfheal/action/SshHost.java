package dev.selfheal.action;

import dev.selfheal.ollama.OllamaServer;
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
    this.agent = (verb, limit) -> line.run(verb.word(), limit, HostAgent.MOST_REPORT);
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
  public CommandResult restart(Duration limit) throws InterruptedException {
    String command = ssh.command().orElse(HostAgent.Verb.RESTART.word());
    return line.run(command, limit, MOST_OUTPUT);
  }

  @Override
  public String restartLine() {
    String where = "on %s port %d: ".formatted(ssh.host(), ssh.port());
    return where
        + ssh.command().orElseGet(() -> "host-agent restart " + target.control().unit().orElse(""));
  }

  @Override
  public boolean throughSystemd() {
    return hasAgent();
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
