package dev.selfheal.webhook;

import dev.selfheal.alertmanager.MalformedPayloadException;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.alertmanager.PayloadReader;
import dev.selfheal.dispatch.Incidents;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/** Takes in Alertmanager's notifications, and answers when they are in the ledger. */
final class WebhookRoute {

  static final String PATH = "/webhook/alertmanager";

  private final PayloadReader reader = new PayloadReader();
  private final Incidents incidents;
  private final Clock clock;

  WebhookRoute(Rooms rooms) {
    this.incidents = rooms.dispatch().incidents();
    this.clock = rooms.clock();
  }

  void deliver(Context request) throws IOException {
    Payload payload = read(request);
    request.json(incidents.accept(payload));
  }

  private Payload read(Context request) throws IOException {
    try (InputStream body = RequestBody.stream(request, clock)) {
      return reader.read(body);
    } catch (MalformedPayloadException e) {
      throw new HttpError(400, String.valueOf(e.getMessage()));
    }
  }
}
