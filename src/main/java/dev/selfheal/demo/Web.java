package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the programs of the demo over HTTP on loopback. */
final class Web {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(LIMIT)
          .build();

  /** The client that streams are read with, too. */
  HttpClient http() {
    return http;
  }

  /**
   * The body of a page.
   *
   * @param token of the bearer; empty for none
   * @throws IOException if there is no answer within 5 s, or it is not 200
   */
  String get(URI uri, String token) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(uri.getPath() + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  /** The same, read as JSON. */
  JsonNode json(URI uri, String token) throws IOException, InterruptedException {
    return JSON.readTree(get(uri, token));
  }
}
