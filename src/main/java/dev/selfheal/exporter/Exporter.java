package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.direct.DirectPath;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one Ollama, judges it, and tells what it found: one round at each call. Not safe for use
 * by several threads at once.
 */
public final class Exporter {
  private final About about;
  private final Parts parts;
  private final Time time;
  private final Look look;
  private final Judge judge;
  private final ProbeLog probeLog = new ProbeLog();
  private final Instant started;
  private final long startedAt;
  private Page.Known known;

  /**
   * The exporter's own settings.
   *
   * @param interval between two rounds
   * @param apiPort the port of the API that is looked at
   * @param label tells several Ollamas of one host apart; null for none
   */
  public record About(String version, Duration interval, int apiPort, @Nullable String label) {}

  /**
   * What it works with.
   *
   * @param output takes each page as text
   */
  public record Parts(
      Probes probes,
      FreezeDetector detector,
      Reactions reactions,
      TotalsStore store,
      Output output) {}

  /**
   * What it does about what it sees, besides telling it.
   *
   * @param canary null where none may be sent
   * @param direct null where no receiver is told directly
   */
  public record Reactions(@Nullable Canary canary, @Nullable DirectPath direct) {
    public static final Reactions NONE = new Reactions(null, null);
  }

  /**
   * Where time comes from.
   *
   * @param clock the host's, which may be set
   * @param ticker nanoseconds of a steady clock
   */
  public record Time(Clock clock, LongSupplier ticker) {}

  /** Takes pages. */
  @FunctionalInterface
  public interface Output {

    /** Takes the next page. */
    void write(String page) throws IOException;
  }

  /**
   * @param threads where probes run; at most one for each probe at once
   */
  public Exporter(About about, Parts parts, Time time, Executor threads) {
    this(
        about,
        parts,
        time,
        new Look(parts.probes(), threads, time.clock(), time.ticker(), Look.LIMIT));
  }

  Exporter(About about, Parts parts, Time time, Look look) {
    this.about = about;
    this.parts = parts;
    this.time = time;
    this.look = look;
    Canary canary = parts.reactions().canary();
    this.judge =
        new Judge(parts.detector(), canary == null ? null : new CanaryWatch(canary, time.ticker()));
    this.started = time.clock().instant();
    this.startedAt = time.ticker().getAsLong();
    this.known = new Page.Known(null, false, parts.store().load(), null);
  }

  /**
   * Looks once, and tells.
   *
   * @param witness is shown the sample
   * @throws IOException if the page could not be told; the next round is not affected
   * @throws InterruptedException if the thread was interrupted
   */
  public void runOnce(Consumer<Sample> witness) throws IOException, InterruptedException {
    Instant now = started.plusNanos(time.ticker().getAsLong() - startedAt);
    Look.Seen seen = look.once();
    probeLog.note(seen.runs());
    witness.accept(seen.sample());
    long began = time.ticker().getAsLong();
    Judge.Ruling ruling = judge.judge(seen.sample(), now);
    Duration took = Duration.ofNanos(time.ticker().getAsLong() - began);
    tellDirectly(seen.sample(), ruling.verdict(), now);
    known = known(seen.sample(), ruling.canaries());
    // Saved first: what was told once must never be told smaller again.
    parts.store().save(known.totals());
    parts.output().write(ExporterMetrics.text(page(seen, ruling.verdict(), took), about.label()));
  }

  private void tellDirectly(Sample sample, @Nullable Verdict verdict, Instant now) {
    DirectPath direct = parts.reactions().direct();
    if (direct == null) {
      return;
    }
    if (verdict == null) {
      direct.blind(now);
    } else {
      direct.judged(sample, verdict, now);
    }
  }

  private @Nullable Map<String, Long> deliveries() {
    DirectPath direct = parts.reactions().direct();
    return direct == null ? null : direct.deliveries();
  }

  private Page.Known known(Sample sample, List<CanaryResult> canaries) {
    boolean logRead = known.logRead() || sample.log() instanceof Reading.Known<LogEvents>;
    Totals totals = known.totals().plus(sample);
    for (CanaryResult each : canaries) {
      totals = totals.plus(each);
    }
    return new Page.Known(installed(sample), logRead, totals, deliveries());
  }

  private @Nullable Integer installed(Sample sample) {
    if (sample.api().installed() instanceof Answer.Good<Integer> good) {
      return good.body();
    }
    return sample.api().installed() instanceof Answer.NotAsked ? known.installed() : null;
  }

  /** Whoever watches the probes also hears of samples that cannot be judged. */
  private Page page(Look.Seen seen, @Nullable Verdict verdict, Duration took) {
    List<Page.ProbeRun> runs = new ArrayList<>(seen.runs());
    String failure = verdict == null ? "the sample could not be judged" : null;
    runs.add(new Page.ProbeRun("detector", failure, took));
    return new Page(
        new Page.About(
            about.version(), about.interval(), started, time.clock().instant(), about.apiPort()),
        seen.sample(),
        verdict,
        known,
        runs);
  }
}
