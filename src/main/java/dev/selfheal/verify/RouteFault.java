package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.verify.CheckResult.Failed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a probe that Alertmanager has taken does not arrive.
 *
 * @param refused how often the receiver has refused a notification since the probe, by status
 * @param alerts what Alertmanager tells about the probe: {@code GET /api/v2/alerts}
 * @param config Alertmanager's configuration
 * @param receiver where the receiver is
 */
record RouteFault(Map<String, Double> refused, JsonNode alerts, JsonNode config, URI receiver) {
  private static final String WEBHOOK = "/webhook/alertmanager";
  private static final String RELOAD = "; systemctl reload prometheus-alertmanager.service";

  /** Whether waiting any longer changes nothing. */
  boolean certain() {
    return !refused.isEmpty()
        || !suppressors().isEmpty()
        || (!routedTo().isEmpty() && webhooks().isEmpty());
  }

  CheckResult told() {
    if (refused.containsKey("401") || refused.containsKey("403")) {
      return new Failed(
          "the receiver refuses Alertmanager's credentials: status " + refused.keySet(),
          "let http_config.authorization.credentials_file of the webhook in alertmanager.yml hold the"
              + " token of auth.webhook_token_file"
              + RELOAD);
    }
    if (!refused.isEmpty()) {
      return new Failed(
          "the receiver refuses Alertmanager's notifications: status " + refused.keySet(),
          "journalctl -u selfheal.service; see that no max body or proxy changes what is sent");
    }
    if (!suppressors().isEmpty()) {
      return new Failed(
          "Alertmanager suppresses OllamaFrozen, by " + String.join(", ", suppressors()),
          "amtool silence query, then amtool silence expire ID; or take the inhibit rule out"
              + RELOAD);
    }
    return routedTo().isEmpty() ? lost() : elsewhere();
  }

  private static CheckResult lost() {
    return new Failed(
        "Alertmanager took a probe and does not know it any more",
        "journalctl -u prometheus-alertmanager.service");
  }

  private CheckResult elsewhere() {
    String to = "Alertmanager sends OllamaFrozen to " + String.join(", ", routedTo());
    if (webhooks().isEmpty()) {
      return new Failed(
          to + ", which has no webhook " + receiver + WEBHOOK,
          "take the route and the receiver `selfheal` of the shipped alertmanager.yml" + RELOAD);
    }
    if (webhooks().stream().noneMatch(this::mayLeadHere)) {
      return new Failed(
          to + ", whose webhook is " + String.join(", ", webhooks()) + ", and not " + receiver,
          "correct the url of that webhook in alertmanager.yml" + RELOAD);
    }
    return new Failed(
        to + ", and nothing arrives",
        "adduser prometheus selfheal-webhook && systemctl restart prometheus-alertmanager.service,"
            + " if its user cannot read credentials_file; journalctl -u"
            + " prometheus-alertmanager.service says why; is group_wait of the route 0s, as shipped?");
  }

  /** The names of the receivers that Alertmanager has chosen. */
  private Set<String> routedTo() {
    return Trees.items(alerts)
        .flatMap(alert -> Trees.items(alert.path("receivers")))
        .map(each -> each.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> suppressors() {
    return Trees.items(alerts)
        .map(alert -> alert.path("status"))
        .flatMap(
            status ->
                Stream.concat(
                    Trees.items(status.path("silencedBy"))
                        .map(each -> "the silence " + each.asText()),
                    Trees.items(status.path("inhibitedBy"))
                        .map(each -> "the alert " + each.asText())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The addresses of their webhooks that could be a receiver's; newer versions hide them. */
  private List<String> webhooks() {
    return Trees.items(config.path("receivers"))
        .filter(each -> routedTo().contains(each.path("name").asText()))
        .flatMap(each -> Trees.items(each.path("webhook_configs")))
        .map(each -> each.path("url").asText("hidden"))
        .filter(url -> hidden(url) || url.endsWith(WEBHOOK))
        .toList();
  }

  private boolean mayLeadHere(String url) {
    return hidden(url) || url.contains(":" + receiver.getPort() + "/") || proxied(url);
  }

  private static boolean hidden(String url) {
    return !url.startsWith("http");
  }

  /** Without a port of its own it may be a proxy's. */
  private static boolean proxied(String url) {
    return !url.matches("https?://[^/]*:[0-9]+/.*");
  }
}
