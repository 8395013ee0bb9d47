package dev.selfheal.drill;

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
   * one that had the last drill of all comes last. One that the receiver does not know never had
   * any; what is wrong with it is told when it is tried.
   *
   * @throws NoAnswerException if the receiver cannot be asked, or does not tell
   */
  public static List<Target> order(List<Target> targets, ReceiverApi receiver)
      throws NoAnswerException, InterruptedException {
    if (!receiver.hindrance().isEmpty()) {
      throw new NoAnswerException(receiver.hindrance());
    }
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
    return receiver.found(PATH + target.name()).stream()
        .flatMap(answer -> Trees.items(Trees.json(answer.body()).path("drills")))
        .mapToLong(drill -> drill.path("id").asLong())
        .max()
        .orElse(0);
  }
}
