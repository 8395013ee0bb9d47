package dev.selfheal.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a program answered to a request. */
public record Answer(int status, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The body as JSON.
   *
   * @throws AssertionError if the status is not 2xx or the body is not JSON
   */
  public JsonNode json() {
    if (status / 100 != 2) {
      throw new AssertionError("status " + status + ": " + body);
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + body, e);
    }
  }
}
