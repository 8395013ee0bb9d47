package dev.selfheal.app;

import dev.selfheal.action.LocalCommandRunner;
import dev.selfheal.action.LocalRestarter;
import dev.selfheal.action.Restarter;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.evidence.TextfileEvidence;
import dev.selfheal.ollama.OllamaClient;
import dev.selfheal.webhook.HttpSettings;
import java.time.Clock;
import java.time.Duration;

/**
 * What a receiver finds outside itself: the time, the machine's commands, its targets' exporters.
 *
 * @param silence a sender that is silent for so long is hung up on
 */
public record World(Clock clock, Restarter restarter, TargetEvidence evidence, Duration silence) {

  /** A world with the usual patience. */
  public World(Clock clock, Restarter restarter, TargetEvidence evidence) {
    this(clock, restarter, evidence, HttpSettings.USUAL_SILENCE);
  }

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
