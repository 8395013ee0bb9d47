package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.demo.Watch.Awaited;
import dev.selfheal.remedy.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the receiver does about a freeze while there is budget. */
final class Healing {
  private final Stage stage;
  private final Episode.Before before;
  private final long incident;
  private boolean held;

  /**
   * @param incident its number
   */
  Healing(Stage stage, Episode.Before before, long incident) {
    this.stage = stage;
    this.before = before;
    this.incident = incident;
  }

  /** Shows all of it, and what comes of it. */
  void show() throws DemoFailed, InterruptedException {
    showDecision();
    showRestart();
    int answers = stage.cast().clients().answers();
    showProof();
    new Aftermath(stage, before, incident).show(answers);
  }

  private void showDecision() throws DemoFailed, InterruptedException {
    Awaited awaited =
        awaited("the receiver decides to restart it", stage.tempo().decision(), this::holds);
    JsonNode attempt = stage.watch().until(awaited, this::attempt);
    String cause = attempt.path("cause").asText();
    stage
        .screen()
        .step(
            Mark.DECISION,
            "restart, because %s (%s); attempt %d is in the ledger"
                .formatted(sentence(cause), cause, attempt.path("id").asLong()));
  }

  /** The attempt of this incident; null while there is none. */
  private @Nullable JsonNode attempt() throws IOException, InterruptedException {
    JsonNode newest = stage.cast().receiver().attemptAfter(0);
    boolean ours = newest != null && newest.path("incident").asLong() == incident;
    return ours ? newest : null;
  }

  /** Why it does not act yet. */
  private String holds() throws IOException, InterruptedException {
    JsonNode hold = stage.cast().receiver().target().path("held");
    String why = hold.path("sentence").asText();
    if (hold.path("reason").asText().equals(Reason.COOLDOWN.label()) && !held) {
      held = true;
      stage.screen().step(Mark.HELD, why + " (" + Reason.COOLDOWN.label() + ")");
    }
    return why.isEmpty() ? "the receiver is about to decide" : "held: " + why;
  }

  private void showRestart() throws DemoFailed, InterruptedException {
    long now =
        stage
            .watch()
            .until(
                awaited(
                    "the server is a new process",
                    stage.tempo().shortly(),
                    () -> "process " + before.serve() + " is being restarted"),
                this::restarted);
    stage
        .screen()
        .step(
            Mark.RESTART,
            "the server is process %d now; %d and its runner %d are gone"
                .formatted(now, before.serve(), before.runner()));
  }

  private @Nullable Long restarted() throws IOException, DemoFailed, InterruptedException {
    settled();
    long now = stage.cast().host().serve();
    boolean gone = !Host.isAlive(before.serve()) && !Host.isAlive(before.runner());
    return gone && now != 0 && now != before.serve() && Host.isAlive(now) ? now : null;
  }

  private void showProof() throws DemoFailed, InterruptedException {
    JsonNode attempt =
        stage
            .watch()
            .until(
                awaited(
                    "the attempt is settled",
                    stage.tempo().proof(),
                    () -> "the receiver looks whether it answers"),
                this::settled);
    stage.screen().step(Mark.PROOF, words(attempt));
  }

  /**
   * The attempt when it has ended; null while it runs.
   *
   * @throws DemoFailed if it has not proven that the restart helped
   */
  private @Nullable JsonNode settled() throws IOException, DemoFailed, InterruptedException {
    JsonNode attempt = attempt();
    if (attempt == null || !attempt.path("state").asText().equals("settled")) {
      return null;
    }
    if (!attempt.path("outcome").asText().equals("recovered")) {
      throw DemoFailed.notShown(
          "the restart did not help: "
              + words(attempt)
              + ": look at the logs of the receiver and the fake Ollama");
    }
    return attempt;
  }

  private static String words(JsonNode attempt) {
    return String.format(
        Locale.ROOT,
        "attempt %d: %s after %.1f s: %s",
        attempt.path("id").asLong(),
        attempt.path("outcome").asText(),
        took(attempt),
        attempt.path("sentence").asText());
  }

  static Awaited awaited(String what, Duration limit, Watch.Progress progress) {
    return new Awaited(what, limit, "the receiver's log", progress);
  }

  private static double took(JsonNode attempt) {
    Instant from = Instant.parse(attempt.path("started_at").asText());
    Instant to = Instant.parse(attempt.path("settled_at").asText());
    return Duration.between(from, to).toMillis() / 1e3;
  }

  private static String sentence(String label) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.label().equals(label))
        .findFirst()
        .map(Reason::sentence)
        .orElse("of a reason of its own");
  }
}
