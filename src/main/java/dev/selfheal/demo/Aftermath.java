package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a restart that was proven: answers for the clients, and the end of the incident.
 */
final class Aftermath {
  private static final int ENOUGH_ANSWERS = 1;

  private final Stage stage;
  private final Episode.Before before;
  private final long incident;

  /**
   * @param incident its number
   */
  Aftermath(Stage stage, Episode.Before before, long incident) {
    this.stage = stage;
    this.before = before;
    this.incident = incident;
  }

  /**
   * Shows it.
   *
   * @param answersBefore how many answers the clients had got when it was restarted
   */
  void show(int answersBefore) throws DemoFailed, InterruptedException {
    showRecovery(answersBefore);
    showClosing();
  }

  private void showRecovery(int answersBefore) throws DemoFailed, InterruptedException {
    Tally clients = stage.cast().clients();
    stage
        .watch()
        .until(
            Healing.awaited(
                "requests of the clients are answered again",
                stage.tempo().shortly(),
                () -> clients.answers() - answersBefore + " answers since the restart"),
            () -> clients.answers() - answersBefore >= ENOUGH_ANSWERS ? clients : null);
    stage
        .screen()
        .step(
            Mark.RECOVERED,
            String.format(
                Locale.ROOT,
                "the clients are answered again: %d complete since the restart; %d broke",
                clients.answers() - answersBefore,
                clients.failures() - before.failures()));
  }

  private void showClosing() throws DemoFailed, InterruptedException {
    JsonNode closed =
        stage
            .watch()
            .until(
                Healing.awaited(
                    "the alert ends, and the incident with it",
                    stage.tempo().decision().plus(stage.tempo().shortly()),
                    () -> "its alert is not over yet"),
                this::closed);
    int left =
        stage
            .watch()
            .until(
                Healing.awaited("the budget is told", stage.tempo().shortly(), () -> ""),
                this::left);
    stage
        .screen()
        .step(
            Mark.CLOSED,
            "%sincident %d is closed: recovered; restarts left this hour: %d"
                .formatted(over(closed), incident, left));
  }

  /**
   * The incident when it is closed; null while it is open.
   *
   * @throws DemoFailed if it was not closed as recovered
   */
  private @Nullable JsonNode closed() throws IOException, DemoFailed, InterruptedException {
    JsonNode newest = stage.cast().receiver().incidentAfter(incident - 1);
    String closing = newest == null ? "" : newest.path("closing").asText("");
    if (closing.isEmpty()) {
      return null;
    }
    if (!closing.equals("recovered")) {
      throw DemoFailed.notShown(
          "incident %d was closed as %s, not as recovered: look at the receiver's log"
              .formatted(incident, closing));
    }
    return newest;
  }

  /** An incident may end with its settling, while a slow alert fires on. */
  private static String over(JsonNode incident) {
    return incident.path("alerts_firing").asInt(-1) == 0 ? "the alert is over, " : "";
  }

  private @Nullable Integer left() throws IOException, InterruptedException {
    JsonNode left = stage.cast().receiver().target().path("budget_remaining");
    return left.isInt() ? left.intValue() : null;
  }
}
