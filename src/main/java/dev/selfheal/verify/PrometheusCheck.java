package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Ok;

/** Whether there is a Prometheus. */
final class PrometheusCheck implements PrometheusQuestion.Asking {

  @Override
  public CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    String version = api.data("/api/v1/status/buildinfo").path("version").asText("unknown");
    return new Ok("version " + version + " at " + api.base());
  }
}
