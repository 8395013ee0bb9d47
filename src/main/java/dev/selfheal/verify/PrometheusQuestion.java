package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import org.jspecify.annotations.Nullable;

/**
 * A check that asks Prometheus.
 *
 * @param apiOrNull null where there is none to ask
 * @param target empty if it concerns all
 */
record PrometheusQuestion(
    CheckName name, String target, @Nullable PrometheusApi apiOrNull, Asking asking)
    implements Check {

  /** Asks one thing, and judges the answer. */
  @FunctionalInterface
  interface Asking {
    CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (apiOrNull == null) {
      return new NotApplicable("verify.prometheus_url is none");
    }
    try {
      return asking.ask(apiOrNull);
    } catch (NoAnswerException e) {
      return new Failed(
          "no Prometheus answers at " + apiOrNull.base() + ": " + e.why(),
          "systemctl restart prometheus.service, or correct verify.prometheus_url (none, if this"
              + " host heals without Prometheus)");
    }
  }
}
