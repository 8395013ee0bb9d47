package dev.selfheal.action;

import dev.selfheal.ollama.HttpOllamaServer;
import dev.selfheal.remedy.Target;
import dev.selfheal.ssh.JschClient;
import dev.selfheal.ssh.SshAddress;
import dev.selfheal.ssh.SshClient;
import java.util.function.LongSupplier;

/** Hosts as they are: this machine, and others over SSH. */
public final class RealHosts implements Hosts {
  private final String path;
  private final LongSupplier nanoTime;
  private final CommandRunner commands;
  private final SshClient ssh;

  /**
   * @param path where this machine's tools are looked up, as the variable PATH has it
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public RealHosts(String path, LongSupplier nanoTime) {
    this.path = path;
    this.nanoTime = nanoTime;
    this.commands = new LocalCommandRunner(nanoTime);
    this.ssh = new JschClient(nanoTime);
  }

  @Override
  public Host visit(Target target) {
    return target.control().ssh().map(way -> over(way, target)).orElseGet(() -> here(target));
  }

  private Host over(Target.Ssh way, Target target) {
    SshAddress address =
        new SshAddress(
            way.host(), way.port(), way.user(), way.files().identity(), way.files().knownHosts());
    SshLine line = new SshLine(ssh, address);
    return new SshHost(target, way, line, new ForwardedServer(line, target.ollamaUrl(), nanoTime));
  }

  private Host here(Target target) {
    return new LocalHost(
        target,
        new LocalAgent(target, path, nanoTime),
        commands,
        new HttpOllamaServer(target.ollamaUrl(), nanoTime));
  }
}
