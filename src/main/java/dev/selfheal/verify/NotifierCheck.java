package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether Prometheus sends its alerts to the Alertmanager of {@code alertmanager_url}. */
record NotifierCheck(@Nullable URI alertmanager) implements PrometheusQuestion.Asking {
  private static final String MEND =
      "name %s under alerting.alertmanagers in prometheus.yml, or correct alertmanager_url;"
          + " systemctl reload prometheus.service";

  @Override
  public CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    JsonNode data = api.data("/api/v1/alertmanagers");
    return alertmanager == null
        ? new NotApplicable("alertmanager_url is not set")
        : judge(alertmanager, api.base(), data);
  }

  /**
   * Compares them.
   *
   * @param prometheus where it is: what it calls loopback is that machine
   */
  static CheckResult judge(URI alertmanager, URI prometheus, JsonNode data) {
    List<String> active =
        Trees.items(data.path("activeAlertmanagers"))
            .map(each -> each.path("url").asText())
            .toList();
    String mend = MEND.formatted(alertmanager.getRawAuthority());
    if (active.isEmpty()) {
      return new Failed("Prometheus knows no Alertmanager", mend);
    }
    if (active.stream().anyMatch(each -> same(alertmanager, prometheus, each))) {
      return new Ok("Prometheus sends to " + String.join(", ", active));
    }
    String seen =
        "Prometheus sends to %s, and alertmanager_url is %s"
            .formatted(String.join(", ", active), alertmanager);
    return Stream.concat(Stream.of(alertmanager.toString()), active.stream())
            .allMatch(NotifierCheck::resolves)
        ? new Failed(seen, mend)
        : new NotApplicable(seen + ", and not all of these names are known on this host");
  }

  private static boolean resolves(String url) {
    try {
      return !MachineName.of(URI.create(url)).addresses().isEmpty();
    } catch (IllegalArgumentException e) {
      return true; // what is no address is not a name either
    }
  }

  private static boolean same(URI ours, URI prometheus, String theirs) {
    try {
      URI other = URI.create(theirs);
      return port(ours) == port(other)
          && other.getRawPath().startsWith(ours.getRawPath())
          && MachineName.of(ours).same(MachineName.of(other).seenFrom(MachineName.of(prometheus)));
    } catch (IllegalArgumentException e) {
      return false; // what is no address is not ours
    }
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }
}
