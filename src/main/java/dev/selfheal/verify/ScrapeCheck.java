package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Target;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether Prometheus scrapes a target's metrics under the labels that its match asks for. */
record ScrapeCheck(Target target, Scrapes scrapes) implements PrometheusQuestion.Asking {

  /** What the rule adds to the labels of the series. */
  private static final Map<String, String> OF_THE_ALERT =
      Map.of("alertname", "OllamaFrozen", "severity", "critical");

  @Override
  public CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    Scrapes.Seen seen = scrapes.in(api);
    return judge(target, seen.ollamas(), seen.ups());
  }

  static CheckResult judge(Target target, List<Series> ollamas, List<Series> ups) {
    List<Series> ours = ollamas.stream().filter(each -> concerns(target, each)).toList();
    for (Series series : ours) {
      if (ups.stream().anyMatch(up -> up.value() == 1 && up.beside(series))) {
        return new Ok(
            "ollama_up of job %s, instance %s"
                .formatted(series.label("job"), series.label("instance")));
      }
    }
    boolean down = ups.stream().anyMatch(up -> up.value() == 0 && concerns(target, up));
    boolean up = ups.stream().anyMatch(each -> each.value() == 1 && concerns(target, each));
    return down && !up ? down(target) : absent(target, up);
  }

  private static CheckResult down(Target target) {
    return new Failed(
        "Prometheus does not reach node_exporter of " + words(target),
        "systemctl restart prometheus-node-exporter.service, on that host; and see that Prometheus"
            + " reaches its port 9100");
  }

  private static CheckResult absent(Target target, boolean scraped) {
    return scraped
        ? new Failed(
            "Prometheus scrapes " + words(target) + ", and there is no ollama_up",
            "systemctl status selfheal-exporter.service, on that host; is its textfile linked into"
                + " node_exporter's folder?")
        : new Failed(
            "Prometheus has no ollama_up that matches " + words(target),
            "give Prometheus a scrape of that host under these labels (docs/prometheus.md), or"
                + " correct targets[].match");
  }

  private static boolean concerns(Target target, Series series) {
    Map<String, String> labels = new HashMap<>(series.labels());
    labels.putAll(OF_THE_ALERT);
    return target.match().matches(labels);
  }

  private static String words(Target target) {
    return target.match().labels().isEmpty() ? "this host" : target.match().labels().toString();
  }
}
