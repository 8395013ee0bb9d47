package dev.selfheal.verify;

import static dev.selfheal.verify.HostJudgementTest.assertJudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.PromText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks of the receiver and its neighbours make of answers. */
class ChainJudgementTest {

  @ParameterizedTest
  @CsvSource({
    "node-1, gpu-01:9100, 1, true, ok, ''",
    "node-1, gpu-01:9100, 0, false, failed, prometheus-node-exporter",
    "node-1, gpu-01:9100, 1, false, failed, selfheal-exporter",
    "node-1, gpu-07:9100, 1, true, failed, targets[].match",
  })
  void aScrapeMustWorkAndBearTheLabelsOfTheMatch(
      String job, String instance, int up, boolean served, String state, String mend) {
    Map<String, String> labels = Map.of("job", job, "instance", instance);
    List<Series> ollamas = served ? List.of(new Series(labels, 0)) : List.of();
    assertJudged(
        ScrapeCheck.judge(target(), ollamas, List.of(new Series(labels, up))), state, mend);
  }

  private static Target target() {
    return new Target(
        "a",
        Match.on(Map.of("instance", "gpu-01:9100", "severity", "critical")),
        new Target.Control("ollama.service", List.of()),
        URI.create("http://127.0.0.1:11434"),
        new Target.RecoveryLimits(Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource({"ok, ok, ''", "err, failed, as shipped", "unknown, failed, again in a minute"})
  void aRuleMustEvaluate(String health, String state, String mend) {
    String rules =
        """
        {"groups": [{"rules": [{"name": "A", "health": "%s", "lastError": "no"}]}]}
        """
            .formatted(health);
    assertJudged(RulesCheck.judge(Set.of("A"), Trees.json(rules)), state, mend);
    assertJudged(RulesCheck.judge(Set.of("A", "B"), Trees.json(rules)), "failed", "rule_files");
  }

  @Test
  void theRulesAreThoseThatAreShipped() {
    assertThat(ShippedRules.names()).contains("OllamaFrozen", "SelfhealDown").hasSize(14);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9093/api/v2/alerts, ok",
    "http://localhost:9093/api/v2/alerts, ok",
    "http://127.0.0.1:9094/api/v2/alerts, failed",
    "http://127.0.0.2:9093/api/v2/alerts, failed",
  })
  void prometheusMustSendToTheSameAlertmanager(String url, String state) {
    String known = "{\"activeAlertmanagers\": [{\"url\": \"%s\"}]}".formatted(url);
    assertJudged(
        NotifierCheck.judge(
            URI.create("http://127.0.0.1:9093"),
            URI.create("http://localhost:9090"),
            Trees.json(known)),
        state,
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.7:9093, http://127.0.0.1:9093/api/v2/alerts, ok",
    "http://192.0.2.7:9093, http://localhost:9093/api/v2/alerts, ok",
    "http://127.0.0.1:9093, http://127.0.0.1:9093/api/v2/alerts, failed",
    "http://192.0.2.8:9093, http://127.0.0.1:9093/api/v2/alerts, failed",
    "http://192.0.2.8:9093, http://192.0.2.8:9093/api/v2/alerts, ok",
    "http://192.0.2.8:9093, http://alerts.invalid:9093/api/v2/alerts, not applicable",
    "http://alerts.invalid:9093, http://alerts.invalid:9093/api/v2/alerts, ok",
  })
  void whatPrometheusElsewhereCallsLoopbackIsItsMachine(String ours, String url, String state) {
    String known = "{\"activeAlertmanagers\": [{\"url\": \"%s\"}]}".formatted(url);
    URI prometheus = URI.create("http://192.0.2.7:9090");
    assertJudged(NotifierCheck.judge(URI.create(ours), prometheus, Trees.json(known)), state, "");
  }

  @Test
  void aNodeExporterMustServeOllamaAndReadAllTextfiles() {
    assertJudged(ServedCheck.judge(PromText.parse("ollama_up 0\n")), "ok", "");
    assertJudged(
        ServedCheck.judge(PromText.parse("ollama_up 1\nnode_textfile_scrape_error 1\n")),
        "failed",
        "journalctl");
    assertJudged(
        ServedCheck.judge(PromText.parse("node_textfile_scrape_error 0\n")),
        "failed",
        "--collector.textfile.directory");
  }

  @ParameterizedTest
  @CsvSource({
    "200, {\"targets\":[{\"name\":\"a\"}]}, ok, ''",
    "200, {\"targets\":[]}, failed, systemctl reload",
    "401, {}, failed, systemctl reload",
    "404, {}, failed, listen",
    "200, hello, failed, listen",
  })
  void theReceiverMustKnowEveryTarget(int status, String body, String state, String mend) {
    assertJudged(
        ReceiverCheck.judge(
            URI.create("http://127.0.0.1:9595"),
            new Web.Answer(status, body, Optional.empty()),
            List.of("a")),
        state,
        mend);
  }
}
