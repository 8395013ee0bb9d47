package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one round tells the world.
 *
 * @param sample what was seen
 * @param verdict what it means; null if the detector failed
 * @param known what earlier rounds saw and still holds
 * @param probes how each probe fared
 */
public record Page(
    About about, Sample sample, @Nullable Verdict verdict, Known known, List<ProbeRun> probes) {

  public Page {
    probes = List.copyOf(probes);
  }

  /**
   * The exporter itself.
   *
   * @param started when it was started
   * @param finished when this round had looked at everything
   * @param apiPort the port of the API
   */
  public record About(
      String version, Duration interval, Instant started, Instant finished, int apiPort) {}

  /**
   * What outlives a round.
   *
   * @param installed models on disk, which are not counted in every round; null while unknown
   * @param logRead whether the server's log could ever be read
   * @param deliveries notifications of the direct path since the exporter was started, by what
   *     became of them; null where there is none
   */
  public record Known(
      @Nullable Integer installed,
      boolean logRead,
      Totals totals,
      @Nullable Map<String, Long> deliveries) {}

  /**
   * How a probe fared.
   *
   * @param failure why it could not read its source; null if it could
   * @param took up to now, if it still runs
   */
  public record ProbeRun(String probe, @Nullable String failure, Duration took) {

    /** Whether it could read its source. */
    public boolean success() {
      return failure == null;
    }
  }
}
