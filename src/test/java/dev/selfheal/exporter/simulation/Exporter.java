package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Sample;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The exporter on a host: it looks, reads, judges, sends canaries, and is restarted at times. */
final class Exporter {
  private static final long CANARY_PAUSE = 120_000;
  private static final long CANARY_LIMIT = 30_000;

  private final Host host;
  private final Look look;
  private final Senses senses;
  private final Story story;
  private Reader reader = new Reader();
  private Ears detector;
  private long lastCanary = Long.MIN_VALUE / 2;
  private @Nullable RunnerId asked;
  private @Nullable Call canary;
  private @Nullable Boolean heard;

  /** How the detector learns what was seen: a broken one learns less. */
  record Senses(Thresholds thresholds, UnaryOperator<Ears> broken) {
    static final Senses SOUND = new Senses(Thresholds.DEFAULT, UnaryOperator.identity());
  }

  /** What a detector hears. */
  interface Ears {
    Verdict observe(Sample sample, Instant steady);

    default void answered(RunnerId runner) {}

    default void silent(RunnerId runner) {}

    default void impossible(RunnerId runner) {}
  }

  Exporter(Host host, Senses senses) {
    this.host = host;
    this.look = new Look(host);
    this.senses = senses;
    this.story = new Story(host);
    this.detector = detector();
  }

  Story story() {
    return story;
  }

  /** A new process, which knows nothing. */
  void restart() {
    host.note("exporter restarts");
    reader = new Reader();
    detector = detector();
    lastCanary = Long.MIN_VALUE / 2;
    asked = null;
    canary = null;
    heard = null;
  }

  /** Looks once, and judges. */
  Condition round() {
    hearCanary();
    RawSample raw = look.take();
    Sample sample = reader.read(raw);
    Verdict verdict = detector.observe(sample, Instant.ofEpochMilli(host.now()));
    story.add(host.now(), raw, verdict);
    sendCanary(verdict);
    return verdict.condition();
  }

  private void hearCanary() {
    RunnerId runner = asked;
    if (runner != null && heard != null) {
      if (heard) {
        detector.answered(runner);
      } else {
        detector.silent(runner);
      }
      asked = null;
      heard = null;
    }
  }

  private void sendCanary(Verdict verdict) {
    boolean free = host.kind.canary() && asked == null && host.now() - lastCanary >= CANARY_PAUSE;
    Ollama ollama = host.ollama;
    if (!free || verdict.suspects().isEmpty() || ollama == null) {
      return;
    }
    RunnerId suspect = verdict.suspects().get(0);
    Runner runner =
        ollama.runners.stream().filter(each -> each.pid == suspect.pid()).findFirst().orElse(null);
    if (runner == null || (runner.loading && !host.kind.pooled())) {
      detector.impossible(suspect); // its model is not listed, so it cannot be asked
      return;
    }
    lastCanary = host.now();
    asked = suspect;
    host.note("canary to pid " + runner.pid);
    canary =
        ollama.ask(
            new Call.Wish(runner.model, false, 5, 5, 100, 0, CANARY_LIMIT), this::canaryOver);
    canary.canary = true;
  }

  private void canaryOver(boolean answered) {
    host.note(answered ? "canary answered" : "canary not answered");
    heard = answered;
  }

  private Ears detector() {
    FreezeDetector sound = new FreezeDetector(senses.thresholds(), host.kind.canary(), Ollama.PORT);
    return senses
        .broken()
        .apply(
            new Ears() {
              @Override
              public Verdict observe(Sample sample, Instant steady) {
                return sound.observe(sample, steady);
              }

              @Override
              public void answered(RunnerId runner) {
                sound.canaryAnswered(runner);
              }

              @Override
              public void silent(RunnerId runner) {
                sound.canarySilent(runner);
              }

              @Override
              public void impossible(RunnerId runner) {
                sound.canaryImpossible(runner);
              }
            });
  }
}
