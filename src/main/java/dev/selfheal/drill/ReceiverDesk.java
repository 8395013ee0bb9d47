package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Drill.Verdict;
import dev.selfheal.verify.ReceiverApi;
import dev.selfheal.verify.Trees;
import dev.selfheal.verify.Web.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The receiver, as far as a drill deals with it.
 *
 * @param target a configured name, which stands in paths
 */
record ReceiverDesk(ReceiverApi api, String target) {
  private static final JsonMapper JSON = new JsonMapper();

  /** How the target stands; empty if the receiver does not know it. */
  Optional<JsonNode> standing() throws NoAnswerException, InterruptedException {
    return api.found("/api/v1/targets?target=" + target)
        .flatMap(answer -> list(answer, "targets").findFirst());
  }

  /**
   * What the receiver would decide now about a restart that somebody asks for: the same rules hold
   * an alert's. It does nothing about it.
   */
  JsonNode rehearsal() throws NoAnswerException, InterruptedException {
    ObjectNode order = JSON.createObjectNode().put("target", target).put("dry_run", true);
    return order("/api/v1/remediations", order, 200);
  }

  /** The target's open incident. */
  Optional<JsonNode> incident() throws NoAnswerException, InterruptedException {
    String path = "/api/v1/incidents?state=open&limit=1&target=" + target;
    return list(api.good(path), "incidents").findFirst();
  }

  /** The attempts that belong to a drill, newest first. */
  List<JsonNode> attempts(long drill) throws NoAnswerException, InterruptedException {
    return list(api.good("/api/v1/attempts?limit=20&target=" + target), "attempts")
        .filter(attempt -> attempt.path("drill").asLong(0) == drill)
        .toList();
  }

  /**
   * Marks what the receiver does from now on as a drill's.
   *
   * @param force whether one that has not told how it ended is passed over
   * @return its number
   * @throws NoAnswerException also if the receiver declines
   */
  long begin(Duration limit, boolean force) throws NoAnswerException, InterruptedException {
    ObjectNode order =
        JSON.createObjectNode().put("for", limit.toSeconds() + "s").put("force", force);
    return order("/api/v1/targets/" + target + "/drill", order, 202).path("drill").asLong();
  }

  /**
   * Tells how the drill ended.
   *
   * @throws NoAnswerException also if the receiver does not take it
   */
  void end(long drill, Verdict verdict) throws NoAnswerException, InterruptedException {
    ObjectNode order =
        JSON.createObjectNode()
            .put("passed", verdict.passed())
            .put("seconds", verdict.took().toMillis() / 1000.0)
            .put("verdict", verdict.words());
    order("/api/v1/drills/" + drill, order, 200);
  }

  private JsonNode order(String path, ObjectNode order, int status)
      throws NoAnswerException, InterruptedException {
    Answer answer = api.order(path, order.toString());
    if (answer.status() != status) {
      throw new NoAnswerException(why(answer));
    }
    return Trees.json(answer.body());
  }

  private static Stream<JsonNode> list(Answer answer, String name) {
    return Trees.items(Trees.json(answer.body()).path(name));
  }

  private static String why(Answer answer) {
    String error = Trees.json(answer.body()).path("error").asText();
    return error.isEmpty() ? "status " + answer.status() : error;
  }
}
