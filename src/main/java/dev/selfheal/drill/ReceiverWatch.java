package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the receiver was told, has decided, and has proven its restart. That the server is
 * another process is seen on its host; why it is not, the receiver knows.
 */
final class ReceiverWatch implements Watch {
  private final ReceiverDesk desk;
  private final long drill;
  private volatile String trouble = "";

  ReceiverWatch(ReceiverDesk desk, long drill) {
    this.desk = desk;
    this.drill = drill;
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.WEBHOOK, Stage.DECISION, Stage.RESTART, Stage.PROOF);
  }

  @Override
  public void look(Timeline timeline) throws InterruptedException {
    try {
      Optional<JsonNode> incident = desk.incident();
      incident.ifPresent(
          open -> timeline.reached(Stage.WEBHOOK, "incident " + open.path("id") + " is open"));
      List<JsonNode> attempts = desk.attempts(drill);
      attempts.stream()
          .filter(attempt -> !requested(attempt))
          .forEach(attempt -> decided(attempt, timeline));
      trouble = attempts.isEmpty() ? undecided(incident) : last(attempts.get(0));
    } catch (NoAnswerException e) {
      trouble = "the receiver does not answer: " + e.why();
    }
  }

  /** What a person asks for meanwhile proves nothing of the chain. */
  private static boolean requested(JsonNode attempt) {
    return attempt.path("cause").asText().equals(Reason.REQUESTED.label());
  }

  private static void decided(JsonNode attempt, Timeline timeline) {
    timeline.reached(Stage.WEBHOOK, "incident " + attempt.path("incident") + " is open");
    String name = "attempt " + attempt.path("id");
    timeline.reached(
        Stage.DECISION, name + " has begun, because of " + attempt.path("cause").asText());
    if (attempt.path("outcome").asText().equals("recovered")) {
      timeline.reached(Stage.PROOF, name + " recovered: " + attempt.path("sentence").asText());
    }
  }

  private static String undecided(Optional<JsonNode> incident) {
    if (incident.isEmpty()) {
      return "the receiver answers, and was told of nothing";
    }
    String held = incident.get().path("held").path("sentence").asText();
    return held.isEmpty() ? "the receiver knows, and has not decided yet" : "held: " + held;
  }

  private static String last(JsonNode attempt) {
    if (requested(attempt)) {
      return "a person asked for attempt %s, so it proves nothing".formatted(attempt.path("id"));
    }
    return attempt.path("state").asText().equals("settled")
        ? "attempt %s ended %s: %s"
            .formatted(
                attempt.path("id"),
                attempt.path("outcome").asText(),
                attempt.path("sentence").asText())
        : "attempt " + attempt.path("id") + " is not over";
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public String mend() {
    return "journalctl -u selfheal.service; selfheal status; selfheal verify";
  }
}
