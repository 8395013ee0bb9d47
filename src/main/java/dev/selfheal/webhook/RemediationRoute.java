package dev.selfheal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.dispatch.Operator;
import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Decision;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes an operator's request for a restart. */
final class RemediationRoute {

  private final Operator operator;
  private final Orders orders;

  RemediationRoute(Operator operator, Orders orders) {
    this.operator = operator;
    this.orders = orders;
  }

  private record Accepted(long attempt, long incident, String target) {}

  private record Rehearsed(
      String target, String decision, String reason, String sentence, @Nullable Instant until) {}

  private record Refused(String error, String reason, @Nullable Instant until) {}

  void request(Context request) throws IOException {
    JsonNode order = orders.read(request, List.of("target", "reason", "dry_run"));
    String target = Orders.text(order, "target");
    if (target.isEmpty()) {
      throw new HttpError(400, "target must name a configured target");
    }
    String words = Orders.text(order, "reason");
    Optional<Answer> answer =
        Orders.flag(order, "dry_run") ? operator.rehearse(target) : operator.restart(target, words);
    answer.ifPresentOrElse(
        a -> reply(request, target, a),
        () -> {
          throw PauseRoutes.unknown();
        });
  }

  private static void reply(Context request, String target, Answer answer) {
    if (answer instanceof Answer.Started started) {
      Claim claim = started.claim();
      request.status(202).json(new Accepted(claim.attempt(), claim.incident(), target));
    } else if (answer instanceof Answer.WouldBe would) {
      Decision decision = would.decision();
      request.json(
          new Rehearsed(
              target,
              decision.label(),
              decision.reason().label(),
              decision.reason().sentence(),
              until(decision)));
    } else if (answer instanceof Answer.Held held) {
      Decision decision = held.decision();
      request
          .status(409)
          .json(
              new Refused(
                  "not now: " + decision.reason().sentence(),
                  decision.reason().label(),
                  until(decision)));
    }
  }

  private static @Nullable Instant until(Decision decision) {
    return decision instanceof Decision.Hold hold ? Views.bounded(hold.until()) : null;
  }
}
