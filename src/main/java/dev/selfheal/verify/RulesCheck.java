package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether Prometheus has loaded all our rules, and evaluates them. */
record RulesCheck(Set<String> shipped) implements PrometheusQuestion.Asking {

  @Override
  public CheckResult ask(PrometheusApi api) throws NoAnswerException, InterruptedException {
    return judge(shipped, api.data("/api/v1/rules?type=alert"));
  }

  static CheckResult judge(Set<String> shipped, JsonNode data) {
    Map<String, JsonNode> loaded = new HashMap<>();
    Trees.items(data.path("groups"))
        .flatMap(group -> Trees.items(group.path("rules")))
        .forEach(rule -> loaded.put(rule.path("name").asText(), rule));
    Set<String> missing = new TreeSet<>(shipped);
    missing.removeAll(loaded.keySet());
    if (!missing.isEmpty()) {
      return new Failed(
          "Prometheus has not loaded " + String.join(", ", missing),
          "name selfhealing_rules.yml of this version under rule_files in prometheus.yml, promtool"
              + " check config /etc/prometheus/prometheus.yml, systemctl reload prometheus.service");
    }
    for (String name : new TreeSet<>(shipped)) {
      JsonNode rule = loaded.get(name);
      if (rule != null && !rule.path("health").asText().equals("ok")) {
        return unhealthy(name, rule);
      }
    }
    return new Ok(shipped.size() + " rules are loaded and evaluate");
  }

  private static CheckResult unhealthy(String name, JsonNode rule) {
    if (rule.path("health").asText().equals("unknown")) {
      return new Failed(
          "Prometheus has not evaluated " + name + " yet", "selfheal verify, again in a minute");
    }
    return new Failed(
        "Prometheus cannot evaluate " + name + ": " + rule.path("lastError").asText("no reason"),
        "put selfhealing_rules.yml as shipped in the place of the changed one, and see what else"
            + " writes metrics of these names; systemctl reload prometheus.service");
  }
}
