package dev.selfheal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.dispatch.Operator;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Takes an operator's consent to an attempt that waits for it. */
final class ApprovalRoute {

  private final Operator operator;
  private final Ledger ledger;
  private final Orders orders;

  ApprovalRoute(Operator operator, Ledger ledger, Orders orders) {
    this.operator = operator;
    this.ledger = ledger;
    this.orders = orders;
  }

  void approve(Context request) throws IOException {
    JsonNode order = orders.read(request, List.of("reason"));
    String words = Orders.text(order, "reason");
    String id = request.pathParam("id");
    long number = id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    String target =
        ledger.attempt(number).map(Entry.OfAttempt::place).map(p -> p.target()).orElse("");
    operator
        .approve(number, words)
        .ifPresentOrElse(
            answer -> Replies.send(request, target, answer),
            () -> {
              throw new HttpError(
                  404, "no attempt has this number: see GET /api/v1/attempts?state=open");
            });
  }
}
