package dev.selfheal.alertmanager;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts of payloads for tests, and the shortest way to read one. */
final class PayloadText {
  static final String GOOD_ALERT =
      """
      {"status":"firing","labels":{"alertname":"OllamaFrozen"},"annotations":{},\
      "startsAt":"2026-11-02T14:03:21Z","fingerprint":"0123456789abcdef"}""";

  private PayloadText() {}

  /** Returns a payload that holds these alerts, given as JSON with commas between. */
  static String payload(String alerts) {
    return "{\"receiver\":\"selfheal\",\"version\":\"4\",\"alerts\":[" + alerts + "]}";
  }

  static Payload read(String text) throws IOException, MalformedPayloadException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  static Payload read(byte[] body) throws IOException, MalformedPayloadException {
    return new PayloadReader().read(new ByteArrayInputStream(body));
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = PayloadText.class.getResourceAsStream("/alertmanager/" + name)) {
      if (in == null) {
        throw new IOException("There is no test resource alertmanager/" + name);
      }
      return in.readAllBytes();
    }
  }
}
