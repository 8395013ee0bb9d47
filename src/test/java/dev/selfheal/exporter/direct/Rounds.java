package dev.selfheal.exporter.direct;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What rounds of the exporter bring. */
final class Rounds {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private Rounds() {}

  static Sample sample(Gpus gpus) {
    return new Sample(
        START,
        new Reading.Unknown<>("x"),
        new Reading.Unknown<>("x"),
        new Api(new Answer.NotAsked<>(), new Answer.NotAsked<>(), new Answer.NotAsked<>()),
        gpus,
        new Reading.Unknown<>("x"));
  }

  static Verdict stalled(int seconds, int threshold, Duration uninterruptible) {
    return verdict(
        new Stalled(
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(threshold),
            StallReason.RUNNER_STALLED,
            null),
        uninterruptible);
  }

  static Verdict healthy() {
    return verdict(new Condition.Healthy(), Duration.ZERO);
  }

  private static Verdict verdict(Condition condition, Duration uninterruptible) {
    return new Verdict(
        condition,
        false,
        new Verdict.Calls(null, Duration.ZERO, Duration.ZERO),
        null,
        uninterruptible,
        List.of(),
        Set.of());
  }
}
