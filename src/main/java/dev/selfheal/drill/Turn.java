package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.ReceiverApi;
import dev.selfheal.verify.Trees;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose turn it is, where one target is drilled at a time. */
public final class Turn {
  private static final String PATH = "/api/v1/drills?limit=1&target=";

  private Turn() {}

  /**
   * The targets in the order in which it is their turn: one that never had a drill comes first, the
   * one that had the last drill of all comes last.
   *
   * @throws NoAnswerException if the receiver does not tell
   */
  public static List<Target> order(List<Target> targets, ReceiverApi receiver)
      throws NoAnswerException, InterruptedException {
    Map<String, Long> last = new HashMap<>();
    for (Target target : targets) {
      last.put(target.name(), lastDrill(receiver, target));
    }
    return targets.stream()
        .sorted(Comparator.comparingLong(target -> last.getOrDefault(target.name(), 0L)))
        .toList();
  }

  /** Its number; numbers grow. */
  private static long lastDrill(ReceiverApi receiver, Target target)
      throws NoAnswerException, InterruptedException {
    JsonNode drills = Trees.json(receiver.good(PATH + target.name()).body()).path("drills");
    return Trees.items(drills).mapToLong(drill -> drill.path("id").asLong()).max().orElse(0);
  }
}
