package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.Web.Answer;
import java.net.URI;

/**
 * The API of Alertmanager, version 2.
 *
 * @param base without a trailing slash
 */
public record AlertmanagerApi(URI base, Web web) {

  /** What it says about itself; a missing node if that is no JSON. */
  JsonNode status() throws NoAnswerException, InterruptedException {
    return Trees.json(get("/api/v2/status").body());
  }

  /**
   * The alerts that it has.
   *
   * @param query which of them, encoded as in an address
   * @throws NoAnswerException if the answer is not that of an Alertmanager
   */
  public JsonNode alerts(String query) throws NoAnswerException, InterruptedException {
    Answer answer = get("/api/v2/alerts?" + query);
    JsonNode alerts = Trees.json(answer.body());
    if (answer.status() != 200 || !alerts.isArray()) {
      throw new NoAnswerException(
          "status " + answer.status() + ", which is not the answer of an Alertmanager");
    }
    return alerts;
  }

  private Answer get(String path) throws NoAnswerException, InterruptedException {
    return web.get(URI.create(base + path), null);
  }
}
