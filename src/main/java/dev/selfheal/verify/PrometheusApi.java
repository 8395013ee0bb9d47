package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.Web.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The API of Prometheus.
 *
 * @param base without a trailing slash
 */
public record PrometheusApi(URI base, Web web) {

  /**
   * The {@code data} of an answer.
   *
   * @throws NoAnswerException if it is not that of a Prometheus
   */
  public JsonNode data(String path) throws NoAnswerException, InterruptedException {
    Answer answer = web.get(URI.create(base + path), null);
    JsonNode body = Trees.json(answer.body());
    if (answer.status() != 200 || !body.path("status").asText().equals("success")) {
      throw new NoAnswerException(
          "status " + answer.status() + ", which is not the answer of a Prometheus");
    }
    return body.path("data");
  }

  /** The labels that it adds to whatever it tells others. */
  public Map<String, String> externalLabels() throws NoAnswerException, InterruptedException {
    Map<String, String> labels = new HashMap<>();
    Trees.yaml(data("/api/v1/status/config").path("yaml").asText())
        .at("/global/external_labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /** What an expression is now. */
  List<Series> query(String expression) throws NoAnswerException, InterruptedException {
    String path = "/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8);
    return Series.of(data(path).path("result"));
  }
}
