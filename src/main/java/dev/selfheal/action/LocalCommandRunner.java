package dev.selfheal.action;

import dev.selfheal.child.Child;
import dev.selfheal.child.Plain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Runs commands on this machine.
 *
 * <p>A command that leaves a process behind must give it an output of its own: what it wrote to is
 * closed when the command ends.
 */
public final class LocalCommandRunner implements CommandRunner {
  private static final int MAX_WHY = 200;

  /** As {@link CommandResult} says. */
  private static final int MOST_OUTPUT = 8 << 10;

  private static final Map<String, String> LOCALE = Map.of("LANG", "C.UTF-8");

  private final LongSupplier nanoTime;
  private final Duration lastChance;

  /**
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public LocalCommandRunner(LongSupplier nanoTime) {
    this(nanoTime, LAST_CHANCE);
  }

  LocalCommandRunner(LongSupplier nanoTime, Duration lastChance) {
    this.nanoTime = nanoTime;
    this.lastChance = lastChance;
  }

  @Override
  public CommandResult run(List<String> argv, Duration limit) throws InterruptedException {
    return run(argv, limit, Duration.ZERO);
  }

  @Override
  public CommandResult finish(List<String> argv, Duration limit) throws InterruptedException {
    return run(argv, limit, lastChance);
  }

  private CommandResult run(List<String> argv, Duration limit, Duration chance)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try (RunningCommand command = new RunningCommand(start(argv), MOST_OUTPUT)) {
      return command.await(limit, chance);
    } catch (IOException e) {
      return new CommandResult.NotStarted(Plain.line(String.valueOf(e.getMessage()), MAX_WHY));
    }
  }

  private Child.Start start(List<String> argv) {
    return new Child.Start(argv, LOCALE, nanoTime);
  }
}
