package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import java.net.URI;

/**
 * The API of Alertmanager, version 2.
 *
 * @param base without a trailing slash
 */
public record AlertmanagerApi(URI base, Web web) {

  /** What it answers; a missing node if that is no JSON. */
  public JsonNode get(String path) throws NoAnswerException, InterruptedException {
    return Trees.json(web.get(URI.create(base + path), null).body());
  }
}
