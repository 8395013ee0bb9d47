package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.VerifyRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped rules and the shipped Alertmanager example, on six hosts beside each other. The one
 * that freezes also tells the receiver directly, and its restart takes long enough for both ways.
 */
@Timeout(240)
class ShippedChainIT {
  /** From the first notification on, more than a scrape and an evaluation of the rule. */
  private static final int RESTART_SECONDS = 15;

  private static final String QUICK = "  interval: 1s\n  thresholds: {gpu: 20s}";

  @TempDir private Path folder;
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void theFrozenHostHealsTheHealthyOnesAreLeftAloneAndADeadExporterIsToldToAHuman()
      throws Exception {
    GpuHost.Site site = new GpuHost.Site(programs, folder, QUICK);
    ReceiverHome receiver = programs.add(new ReceiverHome());
    GpuHost frozen = site.tellingDirectly(receiver, "frozen").host("frozen");
    GpuHost unwatched = site.host("unwatched");
    GpuHost idle = site.host("idle");
    GpuHost pulls = site.host("pulls");
    GpuHost prefills = site.host("prefills");
    GpuHost loads = site.host("loads");
    List<GpuHost> all = List.of(frozen, unwatched, idle, pulls, prefills, loads);
    String config = "targets:\n" + frozen.slowTarget(RESTART_SECONDS) + targets(all.subList(1, 6));
    ShippedChain chain =
        new ShippedChain(
            programs, all, new ShippedChain.Parts(receiver, config, hastyAboutExporters()));

    chain.drill(idle);
    pulls.client("/api/pull", "{\"model\":\"other\"}");
    prefills.ollama.command("prefill 600000 gpu");
    prefills.askForever();
    loads.ollama.command("load 600000");
    loads.client("/api/generate", "{\"model\":\"tiny\"}");
    unwatched.askForever();
    unwatched.awaitBusy();
    unwatched.ollama.command("wait");
    frozen.askForever();
    frozen.awaitBusy();
    Map<String, Long> stuck = frozen.runners();
    frozen.ollama.command("spin");

    await("the exporter sees it stall")
        .atMost(Duration.ofSeconds(60))
        .until(() -> unwatched.value("ollama_frozen_duration_seconds").orElse(0) > 3);
    unwatched.killExporter();
    await("the frozen host is healed")
        .atMost(Duration.ofSeconds(150))
        .until(() -> chain.receiver.allIncidentsAreClosed());
    await("a human is told of the exporter that died")
        .atMost(Duration.ofSeconds(150))
        .until(() -> !chain.mails.subjects().isEmpty());

    assertThat(sources(chain, frozen)).containsExactlyInAnyOrder("alertmanager", "direct");
    assertThat(chain.attempts(frozen)).hasSize(1);
    assertThat(chain.attempts(frozen).get(0).path("outcome").asText()).isEqualTo("recovered");
    assertThat(chain.incidents(frozen).get(0).path("closing").asText()).isEqualTo("recovered");
    assertThat(frozen.runners().values()).doesNotContainAnyElementsOf(stuck.values());
    assertThat(chain.fires("OllamaFrozen", frozen)).isFalse();

    assertThat(chain.receiver.attempts()).hasSize(1);
    assertThat(chain.everFired("OllamaFrozen")).containsExactly(frozen.instance());
    // Prometheus sends an alert before it can be asked for it.
    await("Prometheus shows whose exporter it was")
        .untilAsserted(
            () ->
                assertThat(chain.everFired("OllamaExporterStale"))
                    .containsExactly(unwatched.instance()));
    assertThat(chain.mails.subjects()).allMatch(each -> each.contains("OllamaExporterStale"));
    assertStillBusyWithWhatTheyWere(idle, pulls, prefills, loads);
    assertTheDashboardShowsIt(chain, frozen);
  }

  private static void assertTheDashboardShowsIt(ShippedChain chain, GpuHost frozen)
      throws Exception {
    VerifyRun verified = chain.verify(frozen);
    AskedLikeGrafana all = AskedLikeGrafana.all(chain.prometheus);
    await("every query is answered")
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(all.unanswered()).as(verified.output()).isEmpty());
    AskedLikeGrafana one =
        new AskedLikeGrafana(
            chain.prometheus,
            Map.of("instance", "frozen:9100", "gpu", "0|7", "target", "frozen|idle"));
    assertThat(one.unanswered()).isEmpty();
    assertThat(all.shows("Frozen now")).containsExactly(0L);
    assertThat(all.shows("Recoveries")).containsExactly(1L);
    assertThat(all.shows("Restarts that helped")).containsExactly(1L);
    assertThat(all.shows("Restarts in the last hour against the budget")).contains(0L, 1L);
    assertThat(all.shows("Last drill")).containsExactly(1L);
  }

  /** Otherwise that no alert fired would say nothing. */
  private static void assertStillBusyWithWhatTheyWere(
      GpuHost idle, GpuHost pulls, GpuHost prefills, GpuHost loads) throws Exception {
    assertThat(idle.value("ollama_models_loaded")).hasValue(1);
    assertThat(pulls.value("ollama_models_loaded")).hasValue(1);
    assertThat(pulls.ollama.log()).doesNotContain("POST     \"/api/pull\"");
    assertThat(prefills.value("ollama_requests_in_flight")).hasValue(1);
    assertThat(prefills.value("ollama_oldest_request_age_seconds").orElse(0)).isGreaterThan(30);
    assertThat(loads.value("ollama_model_loading")).hasValue(1);
  }

  /** Three minutes of silence are three minutes of test. */
  private static Shipped hastyAboutExporters() {
    return Shipped.file("rules/selfhealing_rules.yml")
        .within("- alert: OllamaExporterStale\n", "labels:", "[2m]", "[20s]")
        .within("- alert: OllamaExporterStale\n", "labels:", "for: 1m", "for: 5s");
  }

  private static List<String> sources(ShippedChain chain, GpuHost host) throws Exception {
    return chain.incidents(host).get(0).path("alerts").findValuesAsText("source");
  }

  private static String targets(List<GpuHost> hosts) {
    return hosts.stream().map(GpuHost::target).collect(Collectors.joining());
  }
}
