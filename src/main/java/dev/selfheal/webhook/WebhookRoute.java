package dev.selfheal.webhook;

import dev.selfheal.alertmanager.MalformedPayloadException;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.alertmanager.PayloadReader;
import dev.selfheal.dispatch.Incidents;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Takes in Alertmanager's notifications, and answers when they are in the ledger. */
final class WebhookRoute {

  static final String PATH = "/webhook/alertmanager";

  private final PayloadReader reader = new PayloadReader();
  private final Incidents incidents;
  private final RequestBody bodies;

  WebhookRoute(Rooms rooms, RequestBody bodies) {
    this.incidents = rooms.dispatch().incidents();
    this.bodies = bodies;
  }

  /** The body is not closed before it is in the ledger: until then it fills memory. */
  void deliver(Context request) throws IOException {
    try (InputStream body = bodies.stream(request)) {
      Payload payload = read(body);
      request.json(incidents.accept(payload));
    }
  }

  private Payload read(InputStream body) throws IOException {
    try {
      return reader.read(body);
    } catch (MalformedPayloadException e) {
      throw new HttpError(400, String.valueOf(e.getMessage()));
    }
  }
}
