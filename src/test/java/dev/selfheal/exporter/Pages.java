package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pages for tests. */
final class Pages {
  static final Page.About ABOUT =
      new Page.About(
          "0.1.0",
          Duration.ofSeconds(5),
          Samples.NOW.minusSeconds(60),
          Samples.NOW.plusMillis(120),
          Samples.API_PORT);
  static final Gpu TITAN =
      new Gpu(
          "0", "GPU-004f693d", "GeForce GTX TITAN X", 0.25, 840957952L, 12798918656L, 71.2, 54.0);

  private Pages() {}

  /** A page of the incident, with every metric there is. */
  static Page full() {
    return new Page(
        ABOUT,
        fullSample(new Gpus.Seen(List.of(TITAN), new Attribution.Nobody())),
        verdict(
            new Stalled(
                Duration.ofSeconds(61),
                Duration.ofSeconds(45),
                StallReason.RUNNER_STALLED,
                new RunnerId(222, 5000))),
        new Page.Known(
            7,
            true,
            new Totals(
                Map.of("2xx", 12L, "5xx", 1L),
                Duration.ofMillis(73_250),
                Map.of(),
                Map.of("answered", 2L)),
            null),
        List.of(
            new Page.ProbeRun("api", null, Duration.ofMillis(4)),
            new Page.ProbeRun("sockets", "ss: not found", Duration.ofMillis(1))));
  }

  /** A page of a round in which nothing could be read. */
  static Page blind() {
    return new Page(
        ABOUT, Samples.blind(), null, new Page.Known(null, false, Totals.NONE, null), List.of());
  }

  static Page of(Sample sample, @Nullable Verdict verdict) {
    return new Page(
        ABOUT, sample, verdict, new Page.Known(null, false, Totals.NONE, null), List.of());
  }

  static Verdict verdict(Condition condition) {
    return new Verdict(
        condition,
        false,
        new Verdict.Calls(1, Duration.ofSeconds(70), Duration.ofSeconds(61)),
        Duration.ofMillis(61_500),
        Duration.ZERO,
        List.of(),
        Set.of());
  }

  static Sample fullSample(Gpus gpus) {
    Sample sample = Samples.with(Samples.blind(), gpus);
    sample =
        Samples.with(
            sample,
            Samples.processes(
                Samples.runner(222, Duration.ofSeconds(70), "sha256-a"),
                Samples.runner(223, Duration.ofSeconds(1), null)));
    sample =
        Samples.with(
            sample,
            Samples.loaded(
                Samples.model("a", 8_000_000_000L, 7_600_000_000L, "sha256-a"),
                Samples.model("b", 1000, 500, null)));
    return Samples.withLog(
        Samples.withSockets(
            sample,
            new Sockets(
                List.of(
                    Samples.connection(Samples.API_PORT, ConnectionState.ESTABLISHED, 1),
                    Samples.connection(Samples.API_PORT, ConnectionState.ESTABLISHED, 2),
                    Samples.connection(Samples.API_PORT, ConnectionState.CLOSE_WAIT, 3),
                    Samples.connection(39_719, ConnectionState.ESTABLISHED, 4)),
                List.of(),
                true,
                null)),
        LogEvents.NONE);
  }
}
