package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.PromText;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks make of answers. */
class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "loaded, active, enabled, ok, ''",
    "loaded, active, static, ok, ''",
    "loaded, active, disabled, failed, systemctl enable x.service",
    "loaded, inactive, enabled, failed, systemctl enable --now x.service",
    "loaded, failed, enabled, failed, journalctl -u x.service",
    "masked, inactive, masked, failed, systemctl unmask x.service",
    "not-found, inactive, '', failed, apt install",
  })
  void aUnitMustRunAndComeBack(
      String load, String active, String enabled, String state, String mend) {
    UnitAnswer answer =
        UnitAnswer.parse(
            "LoadState=%s\nActiveState=%s\nUnitFileState=%s\n".formatted(load, active, enabled));
    assertJudged(UnitCheck.judge("x.service", answer), state, mend);
  }

  @Test
  void withoutSystemdNothingIsClaimedAboutUnits() {
    UnitAnswer none = UnitAnswer.parse("System has not been booted with systemd as init system");
    assertThat(UnitCheck.judge("x.service", none)).isInstanceOf(NotApplicable.class);
    assertThat(TargetUnitCheck.judge("x.service", none)).isInstanceOf(NotApplicable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "loaded, active, ok, ''",
    "loaded, inactive, ok, ''",
    "not-found, inactive, failed, targets[].unit",
    "masked, inactive, failed, systemctl unmask",
  })
  void aTargetsUnitMustBeThereAndMayBeStopped(
      String load, String active, String state, String mend) {
    UnitAnswer answer = new UnitAnswer.Known(load, active, "enabled", "");
    assertJudged(TargetUnitCheck.judge("ollama.service", answer), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "--job-mode=triggering is only valid for stop., ok, ''",
    "Interactive authentication required., failed, polkit",
    "Access denied, failed, polkit",
    "host-agent: no such verb; use exactly one of status, not applicable, ''",
    "Job mode triggering invalid, not applicable, ''",
    "System has not been booted with systemd, not applicable, ''",
  })
  void onlyARefusalOfTheModeProvesTheRight(String said, String state, String mend) {
    assertJudged(RestartRight.judge("ollama.service", said, "selfheal"), state, mend);
  }

  @ParameterizedTest
  @CsvSource({
    "selfheal, selfheal, self, ''",
    "root, selfheal, selfheal, ''",
    "alice, selfheal, '', only selfheal or root can ask",
    "root, '', self, ''",
  })
  void theRightIsAskedForAsTheReceiversUser(String me, String receivers, String asker, String why)
      throws InterruptedException {
    FakeSystemd systemd =
        new FakeSystemd().says("selfheal.service", "loaded", "active", "enabled", receivers);
    CheckResult result = new LocalRightCheck("a", "ollama.service", systemd, me).run();
    assertThat(systemd.askers()).isEqualTo(asker.isEmpty() ? List.of() : List.of(asker));
    assertThat(result.seen()).contains(why);
  }

  @Test
  void rootAloneProvesNothingAboutTheReceiver() throws InterruptedException {
    FakeSystemd systemd = new FakeSystemd().knowsNothing("selfheal.service");
    assertThat(new LocalRightCheck("a", "ollama.service", systemd, "root").run())
        .isInstanceOf(NotApplicable.class);
    assertThat(systemd.askers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, ok", "30, ok", "-30, ok", "31, failed", "-3600, failed"})
  void clocksMayDifferByHalfAMinute(long seconds, String state) {
    assertJudged(new Skew("the clock", NOW.plusSeconds(seconds), NOW).judge(), state, "");
  }

  @ParameterizedTest
  @CsvSource({"5, 5, ok", "29, 29, ok", "40, 40, failed", "3600, 2, ok", "-3600, 2, ok"})
  void aPageIsOldIfItsFileIsNotMerelyItsClock(long stamped, long written, String state) {
    PageSight page =
        new PageSight(
            "selfheal_exporter_last_run_timestamp_seconds "
                + NOW.minusSeconds(stamped).getEpochSecond()
                + "\n",
            NOW.minusSeconds(written),
            "");
    assertJudged(TextfileCheck.judge(page, NOW), state, "");
  }

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
        NotifierCheck.judge(URI.create("http://127.0.0.1:9093"), Trees.json(known)), state, "");
  }

  @Test
  void aNodeExporterMustServeOllamaAndReadAllTextfiles() {
    assertJudged(NodeExporterCheck.judge(PromText.parse("ollama_up 0\n")), "ok", "");
    assertJudged(
        NodeExporterCheck.judge(PromText.parse("ollama_up 1\nnode_textfile_scrape_error 1\n")),
        "failed",
        "journalctl");
    assertJudged(
        NodeExporterCheck.judge(PromText.parse("node_textfile_scrape_error 0\n")),
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

  static void assertJudged(CheckResult result, String state, String mend) {
    Class<?> expected =
        switch (state) {
          case "ok" -> Ok.class;
          case "failed" -> Failed.class;
          default -> NotApplicable.class;
        };
    assertThat(result).isInstanceOf(expected);
    if (result instanceof Failed failed) {
      assertThat(failed.mend()).contains(mend);
    }
  }
}
