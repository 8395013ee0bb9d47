package dev.selfheal.evidence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextfileEvidenceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(NOW);
  private final TextfileEvidence evidence = new TextfileEvidence(clock);

  @Test
  void aStallBeyondItsThresholdIsStalledForItsReasonSinceItBegan() throws IOException {
    write(page(90, "45.0"));
    assertThat(read())
        .isEqualTo(new Evidence.Stalled("runner_stalled", NOW.minus(Duration.ofSeconds(90))));
  }

  @Test
  void noStallIsProgress() throws IOException {
    write(page(0, "45.0"));
    assertThat(read()).isEqualTo(new Evidence.Progressing());
  }

  @Test
  void aStallWithinItsThresholdIsNoFreeze() throws IOException {
    write(page(44, "45.0"));
    assertThat(read()).isEqualTo(new Evidence.Progressing());
  }

  @Test
  void aStallThatProvesNothingIsNoFreezeHoweverLongItLasts() throws IOException {
    write(page(100_000, "+Inf"));
    assertThat(read()).isEqualTo(new Evidence.Progressing());
  }

  @Test
  void aPageThatTheExporterHasStoppedWritingSaysNothing() throws IOException {
    write(page(90, "45.0"));
    clock.advance(Duration.ofSeconds(31));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void aPageMayBeOlderWhereTheIntervalIsLonger() throws IOException {
    write(page(90, "45.0").replace("interval_seconds 5.0", "interval_seconds 60.0"));
    clock.advance(Duration.ofSeconds(200));
    assertThat(read()).isInstanceOf(Evidence.Stalled.class);
    clock.advance(Duration.ofMinutes(1));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void aPageFromTheFutureIsFromBeforeAStepOfTheClock() throws IOException {
    write(page(90, "45.0"));
    clock.advance(Duration.ofMinutes(-1));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void aServerThatIsDownMakesNoProgress() throws IOException {
    write(page(0, "45.0").replace("ollama_up 1.0", "ollama_up 0.0"));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"processes", "sockets"})
  void anExporterThatCannotSeeIsNoWitnessOfProgress(String probe) throws IOException {
    String failing = "selfheal_exporter_probe_success{probe=\"" + probe + "\",} ";
    write(page(0, "45.0").replace(failing + "1.0", failing + "0.0"));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void anExporterThatHasJustStartedIsNoWitnessOfProgress() throws IOException {
    write(page(0, "45.0").replace("start_time_seconds 0.0", "start_time_seconds " + epoch(-30)));
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ollama_frozen_duration_seconds", "\u0000{}} NaN\n# HELP", "a{b=\"c\"} x"})
  void aPageThatIsNotUnderstoodSaysNothing(String text) throws IOException {
    write(text);
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void twoVerdictsOnOnePageSayNothing() throws IOException {
    write(page(90, "45.0") + "ollama_frozen_duration_seconds 90.0\n");
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void aMissingPageSaysNothing() {
    assertThat(read()).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void aTargetWithoutATextfileSaysNothing() {
    assertThat(evidence.of(target(null))).isInstanceOf(Evidence.Unknown.class);
  }

  @Test
  void labelsThatTheExporterAddsDoNotHideTheVerdict() throws IOException {
    write(page(90, "45.0").replace("_duration_seconds ", "_duration_seconds{ollama=\"b\",} "));
    assertThat(read()).isInstanceOf(Evidence.Stalled.class);
  }

  @Test
  void thePageThatTheExporterReallyWritesIsUnderstood() throws IOException {
    String page = exportersPage();
    write(page);
    clock.set(Instant.ofEpochSecond(1_795_311_601));
    assertThat(read())
        .isEqualTo(new Evidence.Stalled("runner_stalled", Instant.ofEpochSecond(1_795_311_540)));
    write(page.replace("frozen_duration_seconds 61.0", "frozen_duration_seconds 0.0"));
    assertThat(read()).as("its sockets cannot be read").isInstanceOf(Evidence.Unknown.class);
    write(
        page.replace("frozen_duration_seconds 61.0", "frozen_duration_seconds 0.0")
            .replace("{probe=\"sockets\",} 0.0", "{probe=\"sockets\",} 1.0"));
    assertThat(read()).isEqualTo(new Evidence.Progressing());
  }

  private static String exportersPage() throws IOException {
    try (InputStream in =
        requireNonNull(TextfileEvidenceTest.class.getResourceAsStream("../exporter/full.prom"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Evidence read() {
    return evidence.of(target(folder.resolve("ollama.prom")));
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("ollama.prom"), text);
  }

  private static double epoch(long seconds) {
    return NOW.getEpochSecond() + seconds;
  }

  private static String page(int stalled, String threshold) {
    return """
        # HELP ollama_up Whether it answers.
        ollama_up 1.0
        ollama_frozen_duration_seconds %d.0
        ollama_frozen_threshold_seconds %s
        ollama_frozen_reason{reason="api_dead",} 0.0
        ollama_frozen_reason{reason="runner_stalled",} 1.0
        selfheal_exporter_probe_success{probe="processes",} 1.0
        selfheal_exporter_probe_success{probe="sockets",} 1.0
        selfheal_exporter_interval_seconds 5.0
        selfheal_exporter_start_time_seconds 0.0
        selfheal_exporter_last_run_timestamp_seconds %s
        """
        .formatted(stalled, threshold, Double.toString(epoch(0)));
  }

  private static Target target(@org.jspecify.annotations.Nullable Path textfile) {
    return new Target(
        "gpu-01",
        new Match(Map.of("instance", "gpu-01:9100"), List.of()),
        new Target.Control("ollama.service", List.of()),
        new Target.Signs(URI.create("http://127.0.0.1:11434"), textfile),
        new Target.RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }
}
