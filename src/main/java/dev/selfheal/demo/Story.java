package dev.selfheal.demo;

import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The guided run: healthy, then frozen and healed until the budget is spent, then a human's turn.
 */
final class Story {
  private static final int BUDGET = 3;
  private static final int FIRST_ANSWERS = 2;

  private final Stage stage;

  Story(Stage stage) {
    this.stage = stage;
  }

  /**
   * Plays it.
   *
   * @throws DemoFailed if a step did not happen
   * @throws IOException if the fake Ollama does not obey
   */
  void play() throws DemoFailed, IOException, InterruptedException {
    showAnswers();
    List<Manner> manners = stage.tempo().scaled() ? scaled() : shipped();
    for (int i = 0; i < BUDGET; i++) {
      stage.screen().chapter(title(i, manners.get(i)));
      Episode episode = heard(manners.get(i));
      new Healing(stage, episode.before(), episode.incident()).show();
    }
    stage.screen().chapter(title(BUDGET, manners.get(BUDGET)));
    Episode last = heard(manners.get(BUDGET));
    new Escalation(stage, last.before(), BUDGET).show();
    showLedger();
    stage.screen().say("");
    stage
        .screen()
        .say(
            "All of this happened. Now somebody would look at the host, and then: selfheal resume "
                + Settings.TARGET);
  }

  private static List<Manner> shipped() {
    return List.of(Manner.SPIN, Manner.SPIN, Manner.SPIN, Manner.SPIN);
  }

  private static List<Manner> scaled() {
    return List.of(Manner.SPIN, Manner.STOP, Manner.STOP, Manner.STOP);
  }

  private static String title(int index, Manner manner) {
    return "Freeze %d of %d: %s".formatted(index + 1, BUDGET + 1, manner.words());
  }

  private Episode heard(Manner manner) throws DemoFailed, IOException, InterruptedException {
    awaitMiddle();
    Episode episode = Episode.begin(stage, manner);
    episode.showFrozen();
    episode.showEvidence();
    episode.showAlert();
    return episode;
  }

  /**
   * Waits until the answer that streams now was seen by the exporter, too: between two answers
   * nobody waits, and what had nothing to do a moment ago is given more time.
   */
  private void awaitMiddle() throws DemoFailed, InterruptedException {
    Tally clients = stage.cast().clients();
    double enough = stage.tempo().interval().toMillis() * 1.1e-3;
    Awaited awaited =
        new Awaited(
            "an answer streams",
            stage.tempo().shortly(),
            "the fake Ollama's log",
            () -> "an answer is about to begin");
    stage
        .watch()
        .until(awaited, () -> clients.sinceAnswer() >= enough && streams(clients) ? clients : null);
  }

  private static boolean streams(Tally clients) {
    return clients.silence() < 0.5;
  }

  private void showAnswers() throws DemoFailed, InterruptedException {
    Tally clients = stage.cast().clients();
    Awaited awaited =
        new Awaited(
            "requests are answered",
            stage.tempo().shortly(),
            "the fake Ollama's log",
            () -> "%d answers, %d bytes".formatted(clients.answers(), clients.bytes()));
    Gauges found = stage.watch().until(awaited, () -> healthy(clients));
    stage
        .screen()
        .step(
            Mark.ANSWERING,
            String.format(
                Locale.ROOT,
                "%d requests are answered, %.1f KiB streamed; GPU %.0f %%; the exporter finds nothing frozen",
                clients.answers(),
                clients.bytes() / 1024.0,
                found.value("ollama_gpu_utilization_ratio").orElse(0) * 100));
  }

  private @Nullable Gauges healthy(Tally clients) throws IOException {
    Gauges found = stage.cast().host().found();
    boolean works = found.value("ollama_gpu_utilization_ratio").orElse(0) > 0;
    boolean well = found.value("ollama_frozen_duration_seconds").orElse(1) < 1;
    return works && well && clients.answers() >= FIRST_ANSWERS ? found : null;
  }

  /** What is left of it in numbers, as the receiver tells them. */
  private void showLedger() throws DemoFailed, InterruptedException {
    Awaited awaited =
        new Awaited(
            "the receiver's metrics tell of %d recovered restarts".formatted(BUDGET),
            stage.tempo().shortly(),
            "the receiver's log",
            () -> "its metrics say something else");
    Gauges metrics = stage.watch().until(awaited, this::metricsOfAll);
    stage
        .screen()
        .step(
            Mark.LEDGER,
            String.format(
                Locale.ROOT,
                "ollama_selfheal_restarts_total{outcome=\"recovered\"} %.0f, selfheal_restart_budget_remaining %.0f",
                metrics.value("ollama_selfheal_restarts_total", "outcome", "recovered").orElse(0),
                metrics.value("selfheal_restart_budget_remaining").orElse(-1)));
  }

  private @Nullable Gauges metricsOfAll() throws IOException, InterruptedException {
    Gauges metrics = stage.cast().receiver().metrics();
    double restarts =
        metrics.value("ollama_selfheal_restarts_total", "outcome", "recovered").orElse(0);
    return restarts == BUDGET && metrics.value("selfheal_restart_budget_remaining").orElse(1) == 0
        ? metrics
        : null;
  }
}
