package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.action.Pauser;
import java.time.Duration;

/**
 * Follows an attempt to its end.
 *
 * @param pauser lets time pass between two looks
 */
record Following(Receiver receiver, Pauser pauser) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** A receiver that is restarted is back by then. */
  private static final int MOST_FAILED_LOOKS = 30;

  /**
   * Waits until the attempt has ended, and says how it helped. The receiver settles each attempt by
   * its deadline at the latest, so this ends.
   *
   * @throws CommandFailed if it did not help, or nobody can say
   */
  String toTheEnd(String target, long attempt) throws InterruptedException {
    int failedLooks = 0;
    while (true) {
      try {
        JsonNode seen = look(target, attempt);
        if (Answers.text(seen, "state").equals("settled")) {
          return judged(target, attempt, seen);
        }
        failedLooks = 0;
      } catch (CommandFailed e) {
        failedLooks++;
        if (!e.isPassing() || failedLooks > MOST_FAILED_LOOKS) {
          throw e;
        }
      }
      pauser.pause(BETWEEN_LOOKS);
    }
  }

  private JsonNode look(String target, long attempt) {
    for (JsonNode each :
        Answers.list(receiver.get("/api/v1/attempts?limit=20&target=" + target), "attempts")) {
      if (each.path("id").asLong(0) == attempt) {
        return each;
      }
    }
    throw CommandFailed.notDone("the receiver does not know attempt " + attempt + " any more");
  }

  private static String judged(String target, long attempt, JsonNode seen) {
    String outcome = Answers.text(seen, "outcome");
    String took =
        Words.between(seen.path("started_at").asText(""), seen.path("settled_at").asText(""));
    String verdict =
        "attempt %d on %s: %s%s: %s"
            .formatted(
                attempt,
                target,
                outcome,
                took.isEmpty() ? "" : " after " + took,
                Answers.text(seen, "sentence"));
    if (outcome.equals("recovered")) {
      return verdict;
    }
    throw CommandFailed.notDone(verdict + "; its report: selfheal status --json");
  }
}
