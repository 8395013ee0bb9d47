package dev.selfheal.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.action.Pauser;
import dev.selfheal.alertmanager.AlertmanagerClient;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verdict.PromText;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether an alert that is posted to Alertmanager arrives at the receiver. */
record RouteCheck(
    @Nullable AlertmanagerApi alertmanager, ReceiverApi api, ProbeAlert probe, Time time)
    implements Check {

  /** How long it may take; as shipped it takes a fraction of a second. */
  private static final int MOST_LOOKS = 60;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** What goes wrong at once is not yet certain: Alertmanager first sorts the alert. */
  private static final int FIRST_DOUBT = 8;

  private static final Duration POST_LIMIT = Duration.ofSeconds(3);
  private static final List<String> REFUSALS =
      List.of("400", "401", "403", "404", "405", "408", "413", "415", "421");

  /** Time as it is, and as it passes. */
  record Time(Clock clock, Pauser pauser) {}

  @Override
  public CheckName name() {
    return CheckName.ROUTE;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    if (alertmanager == null) {
      return new NotApplicable("alertmanager_url is not set, so no probe can be posted");
    }
    if (!api.hindrance().isEmpty()) {
      return new NotApplicable(api.hindrance());
    }
    PostableAlert alert = probe.postable(time.clock().instant(), api.receiver().base());
    try (AlertmanagerClient client =
        new AlertmanagerClient(alertmanager.base(), POST_LIMIT, List.of("OllamaFrozen"))) {
      Map<String, Double> before = refusals();
      Posted posted = client.post(alert);
      if (!(posted instanceof Posted.Taken)) {
        return new Failed(
            "no probe can be posted: " + why(posted), "mend Alertmanager or alertmanager_url");
      }
      CheckResult result = await(alertmanager, before);
      client.post(alert.ended(time.clock().instant()));
      return result;
    } catch (NoAnswerException e) {
      return new Failed("the probe cannot be followed: " + e.why(), "selfheal verify, again");
    }
  }

  private CheckResult await(AlertmanagerApi there, Map<String, Double> before)
      throws NoAnswerException, InterruptedException {
    for (int looks = 1; looks <= MOST_LOOKS; looks++) {
      if (api.get(probe.route()).status() == 200) {
        return new Ok("a probe posted to " + there.base() + " arrived at the receiver");
      }
      if (looks % FIRST_DOUBT == 0) {
        RouteFault fault = fault(there, before);
        if (fault.certain()) {
          return fault.told();
        }
      }
      time.pauser().pause(BETWEEN_LOOKS);
    }
    return fault(there, before).told();
  }

  private RouteFault fault(AlertmanagerApi there, Map<String, Double> before)
      throws NoAnswerException, InterruptedException {
    Map<String, Double> grown = new TreeMap<>(refusals());
    before.forEach((code, count) -> grown.remove(code, count));
    String filter = URLEncoder.encode("selfheal_probe=\"" + probe.nonce() + '"', UTF_8);
    String config = there.status().at("/config/original").asText();
    return new RouteFault(
        grown, there.alerts("filter=" + filter), Trees.yaml(config), api.receiver().base());
  }

  private Map<String, Double> refusals() throws NoAnswerException, InterruptedException {
    PromText page = PromText.parse(api.good("/metrics").body());
    Map<String, Double> counts = new TreeMap<>();
    for (String code : REFUSALS) {
      page.value("selfheal_webhook_requests_total", "code", code)
          .ifPresent(count -> counts.put(code, count));
    }
    return counts;
  }

  private static String why(Posted posted) {
    return posted instanceof Posted.Refused refused
        ? refused.why()
        : posted instanceof Posted.Unreachable unreachable ? unreachable.why() : "";
  }
}
