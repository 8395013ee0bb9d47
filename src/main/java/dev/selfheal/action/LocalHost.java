package dev.selfheal.action;

import dev.selfheal.child.Plain;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** This machine, as the host of a target. */
final class LocalHost implements Host {
  private static final int MAX_ARGV = 300;

  private final Target target;
  private final HostAgent agent;
  private final CommandRunner commands;
  private final OllamaServer server;

  LocalHost(Target target, HostAgent agent, CommandRunner commands, OllamaServer server) {
    this.target = target;
    this.agent = agent;
    this.commands = commands;
    this.server = server;
  }

  @Override
  public Optional<String> unit() {
    return target.control().unit();
  }

  @Override
  public boolean remote() {
    return false;
  }

  @Override
  public HostReport look(Duration limit) throws InterruptedException {
    return agent.report(HostAgent.Verb.STATUS, limit).report();
  }

  @Override
  public Gathered gather(Duration limit) throws InterruptedException {
    return agent.report(HostAgent.Verb.EVIDENCE, limit);
  }

  @Override
  public CommandResult resetFailed(Duration limit) throws InterruptedException {
    return commands.run(systemctl("reset-failed"), limit);
  }

  @Override
  public CommandResult act(Action action, Duration limit) throws InterruptedException {
    return action == Action.KILL
        ? agent.run(HostAgent.Verb.KILL, limit)
        : commands.finish(argv(action), limit);
  }

  @Override
  public String line(Action action) {
    return Plain.line(
        action == Action.KILL
            ? "systemctl --no-block try-restart %1$s, and systemctl kill -s KILL %1$s"
                .formatted(unit().orElse(""))
            : String.join(" ", argv(action)),
        MAX_ARGV);
  }

  @Override
  public boolean throughSystemd() {
    return target.control().command().isEmpty();
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
    // Nothing is left open here between two questions.
  }

  private List<String> argv(Action action) {
    if (action == Action.COMMAND) {
      return target.control().ladder().command();
    }
    return throughSystemd() ? systemctl("try-restart") : target.control().command();
  }

  private List<String> systemctl(String verb) {
    return List.of("systemctl", "--no-ask-password", verb, target.control().unit().orElseThrow());
  }
}
