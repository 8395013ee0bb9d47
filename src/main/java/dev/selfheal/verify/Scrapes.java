package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Prometheus scrapes, asked for once for all targets. For many threads: the others wait. */
final class Scrapes {
  private @Nullable Seen seen;
  private @Nullable NoAnswerException trouble;

  /**
   * The series, with the labels that Prometheus adds to each alert that lacks them.
   *
   * @param ollamas {@code ollama_up}
   * @param ups {@code up}
   */
  record Seen(List<Series> ollamas, List<Series> ups) {}

  synchronized Seen in(PrometheusApi api) throws NoAnswerException, InterruptedException {
    if (trouble != null) {
      throw new NoAnswerException(trouble.why());
    }
    Seen answer = seen;
    if (answer == null) {
      answer = ask(api);
      seen = answer;
    }
    return answer;
  }

  private Seen ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    try {
      Map<String, String> external = api.externalLabels();
      return new Seen(with(external, api.query("ollama_up")), with(external, api.query("up")));
    } catch (NoAnswerException e) {
      trouble = e;
      throw e;
    }
  }

  private static List<Series> with(Map<String, String> external, List<Series> all) {
    return all.stream().map(each -> each.with(external)).toList();
  }
}
