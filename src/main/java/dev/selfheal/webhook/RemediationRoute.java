package dev.selfheal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.dispatch.Operator;
import dev.selfheal.dispatch.Operator.Answer;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes an operator's request for a restart. */
final class RemediationRoute {

  private final Operator operator;
  private final Orders orders;

  RemediationRoute(Operator operator, Orders orders) {
    this.operator = operator;
    this.orders = orders;
  }

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
        a -> Replies.send(request, target, a),
        () -> {
          throw PauseRoutes.unknown();
        });
  }
}
