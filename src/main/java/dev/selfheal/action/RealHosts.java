package dev.selfheal.action;

import dev.selfheal.ollama.HttpOllamaServer;
import dev.selfheal.remedy.Target;
import java.util.function.LongSupplier;

/** Hosts as they are: this machine, and others over SSH. */
public final class RealHosts implements Hosts {
  private final String path;
  private final LongSupplier nanoTime;
  private final CommandRunner commands;

  /**
   * @param path where this machine's tools are looked up, as the variable PATH has it
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public RealHosts(String path, LongSupplier nanoTime) {
    this.path = path;
    this.nanoTime = nanoTime;
    this.commands = new LocalCommandRunner(nanoTime);
  }

  @Override
  public Host visit(Target target) {
    return new LocalHost(
        target,
        new LocalAgent(target, path, nanoTime),
        commands,
        new HttpOllamaServer(target.ollamaUrl(), nanoTime));
  }
}
