package dev.selfheal.app;

import dev.selfheal.action.LocalCommandRunner;
import dev.selfheal.action.LocalRestarter;
import dev.selfheal.action.Restarter;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.evidence.TextfileEvidence;
import dev.selfheal.ollama.OllamaClient;
import java.time.Clock;

/**
 * What a receiver finds outside itself: the time, the machine's commands, its targets' exporters.
 */
public record World(Clock clock, Restarter restarter, TargetEvidence evidence) {

  /** This machine, as it is. */
  public static World real() {
    Clock clock = Clock.systemUTC();
    return new World(
        clock,
        new LocalRestarter(
            new LocalCommandRunner(System::nanoTime), new OllamaClient(), clock, new RealPauser()),
        new TextfileEvidence(clock));
  }
}
