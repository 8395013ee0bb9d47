package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.List;

/** Whether Prometheus scrapes a receiver, in the job that SelfhealDown looks for. */
final class ReceiverScrapeCheck implements PrometheusQuestion.Asking {
  private static final String MEND =
      "give Prometheus the scrape job `selfheal` of docs/prometheus.md, with a token if the receiver"
          + " does not listen on loopback; then systemctl reload prometheus.service";

  @Override
  public CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    return judge(
        api.query("selfheal_build_info{job=\"selfheal\"}"), api.query("up{job=\"selfheal\"}"));
  }

  static CheckResult judge(List<Series> builds, List<Series> ups) {
    if (ups.isEmpty()) {
      return new Failed("Prometheus has no job selfheal", MEND);
    }
    for (Series build : builds) {
      if (ups.stream().anyMatch(up -> up.value() == 1 && up.beside(build))) {
        return new Ok("job selfheal, instance " + build.label("instance"));
      }
    }
    return new Failed(
        "the job selfheal of Prometheus shows no receiver; it looks at "
            + ups.get(0).label("instance"),
        MEND);
  }
}
