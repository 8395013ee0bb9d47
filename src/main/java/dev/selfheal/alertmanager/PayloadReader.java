package dev.selfheal.alertmanager;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the body of Alertmanager's webhook, version 4. Members it does not know are ignored at
 * every level; a wrong JSON type makes the body malformed; a right type with an odd value costs
 * only the alert it stands in. Safe for use by many threads.
 */
public final class PayloadReader {

  /**
   * Reads one body to its end and leaves the stream open. Bounding its length is the caller's part.
   *
   * @throws MalformedPayloadException if the body is not JSON of version 4
   * @throws IOException if the stream fails: the very exception that the stream threw
   */
  public Payload read(InputStream body) throws IOException, MalformedPayloadException {
    return JsonCursor.document(body, json -> WirePayload.read(json).toPayload());
  }
}
