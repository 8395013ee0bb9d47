package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the receiver does about a freeze when its budget is spent: it calls a human. */
final class Escalation {
  private static final String WHERE = "the receiver's log";

  private final Stage stage;
  private final Episode.Before before;
  private final int restarts;
  private final long bytes;

  /**
   * @param restarts how many there have been
   */
  Escalation(Stage stage, Episode.Before before, int restarts) {
    this.stage = stage;
    this.before = before;
    this.restarts = restarts;
    this.bytes = stage.cast().clients().bytes();
  }

  /** Shows it, and that nobody restarts it any more. */
  void show() throws DemoFailed, InterruptedException {
    Awaited awaited =
        new Awaited(
            "the receiver calls a human",
            stage.tempo().decision(),
            WHERE,
            () -> "the receiver is about to decide");
    JsonNode escalation = stage.watch().until(awaited, this::escalation);
    stage
        .screen()
        .step(
            Mark.ESCALATED,
            "no restart: %s (%s), so a human is called; the receiver's journal:"
                .formatted(
                    escalation.path("sentence").asText(), escalation.path("reason").asText()));
    stage.screen().more(stage.watch().until(awaited, this::call));
    stage
        .watch()
        .pass(stage.tempo().afterwards(), "whether anybody restarts it all the same", this::held);
    stage
        .screen()
        .step(
            Mark.UNTOUCHED,
            String.format(
                Locale.ROOT,
                "%s later: still %d restarts, still process %d, still no byte for anyone (%.1f s)",
                Tempo.words(stage.tempo().afterwards()),
                restarts,
                before.serve(),
                stage.cast().clients().silence()));
  }

  private @Nullable JsonNode escalation() throws IOException, InterruptedException {
    JsonNode escalation = stage.cast().receiver().target().at("/incident/escalation");
    return escalation.isObject() ? escalation : null;
  }

  /** The line by which a human is called. */
  private @Nullable String call() throws IOException {
    return stage
        .cast()
        .receiverProgram()
        .log()
        .lines()
        .filter(line -> line.contains("decision=escalate"))
        .findFirst()
        .orElse(null);
  }

  private void held() throws DemoFailed, InterruptedException {
    if (stage.cast().clients().bytes() != bytes) {
      throw DemoFailed.notShown(
          "somebody was answered although nothing was restarted: look at the fake Ollama");
    }
    try {
      int attempts = stage.cast().receiver().attempts();
      long serve = stage.cast().host().serve();
      if (attempts != restarts || serve != before.serve() || !Host.isAlive(serve)) {
        throw DemoFailed.notShown(
            "it was restarted although the budget was spent (attempts: %d, process: %d): look at %s"
                .formatted(attempts, serve, WHERE));
      }
    } catch (IOException e) {
      throw DemoFailed.notShown(e.getMessage() + ": look at " + WHERE);
    }
  }
}
