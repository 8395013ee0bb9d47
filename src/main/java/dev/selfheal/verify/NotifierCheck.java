package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
        : judge(alertmanager, data);
  }

  static CheckResult judge(URI alertmanager, JsonNode data) {
    List<String> active =
        Trees.items(data.path("activeAlertmanagers"))
            .map(each -> each.path("url").asText())
            .toList();
    String mend = MEND.formatted(alertmanager.getRawAuthority());
    if (active.isEmpty()) {
      return new Failed("Prometheus knows no Alertmanager", mend);
    }
    return active.stream().anyMatch(each -> same(alertmanager, each))
        ? new Ok("Prometheus sends to " + String.join(", ", active))
        : new Failed(
            "Prometheus sends to %s, and alertmanager_url is %s"
                .formatted(String.join(", ", active), alertmanager),
            mend);
  }

  private static boolean same(URI ours, String theirs) {
    try {
      URI other = URI.create(theirs);
      return port(ours) == port(other)
          && other.getRawPath().startsWith(ours.getRawPath())
          && sameHost(String.valueOf(ours.getHost()), String.valueOf(other.getHost()));
    } catch (IllegalArgumentException e) {
      return false; // what is no address is not ours
    }
  }

  private static boolean sameHost(String one, String other) {
    return one.equalsIgnoreCase(other)
        || addresses(one).stream().anyMatch(addresses(other)::contains);
  }

  private static Set<InetAddress> addresses(String host) {
    try {
      return Set.copyOf(Arrays.asList(InetAddress.getAllByName(host.toLowerCase(Locale.ROOT))));
    } catch (UnknownHostException e) {
      return Set.of();
    }
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }
}
