package dev.selfheal.e2e;

import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the time from a freeze to its proven recovery, step by step, and prints it; no test, and
 * run by its name alone: docs/performance.md has the command. The exporter, the rules and
 * Alertmanager are as shipped; the receiver's limits are lifted, since the freezes follow each
 * other.
 */
class LatencyBench {
  private static final int RUNS = Integer.getInteger("selfheal.runs", 5);
  private static final String UNLIMITED =
      """
      policy:
        cooldown: 0s
        settle: 1s
        budgets: [{max: 1000, per: 1h}]
        fleet: {max_concurrent: 1, max_share: 1.0, per: 10m}
      targets:
      """;

  @TempDir private Path folder;
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void throughPrometheus() throws Exception {
    GpuHost host = new GpuHost.Site(programs, folder, "").host("gpu-01");
    ShippedChain chain =
        new ShippedChain(
            programs,
            List.of(host),
            ShippedChain.Parts.usual(programs.add(new ReceiverHome()), UNLIMITED + host.target()));
    for (int run = 1; run <= RUNS; run++) {
      double spent = chain.alertmanager.secondsSpentOnWebhooks();
      Stages stages = freeze(host);
      stages.await("evidence", () -> frozen(host));
      stages.await(
          "scrape",
          () ->
              chain
                  .prometheus
                  .query("ollama_frozen_duration_seconds > ollama_frozen_threshold_seconds")
                  .isPresent());
      stages.await("rule", () -> chain.fires("OllamaFrozen", host));
      stages.awaitIncident("group and deliver", chain.receiver, run);
      stages.awaitRecovery(chain.receiver);
      stages.split(
          "group and deliver", "deliver", chain.alertmanager.secondsSpentOnWebhooks() - spent);
      System.out.println("Prometheus, run " + run + ": " + stages);
      await().atMost(Duration.ofMinutes(3)).until(chain.receiver::allIncidentsAreClosed);
    }
  }

  @Test
  void directly() throws Exception {
    ReceiverHome home = programs.add(new ReceiverHome());
    GpuHost host =
        new GpuHost.Site(programs, folder, "").tellingDirectly(home, "gpu-01").host("gpu-01");
    home.configure(UNLIMITED + host.target());
    programs.add(ReceiverProcess.ready(home));
    for (int run = 1; run <= RUNS; run++) {
      Stages stages = freeze(host);
      stages.await("evidence", () -> frozen(host));
      stages.awaitIncident("deliver", home.client(), run);
      stages.awaitRecovery(home.client());
      System.out.println("direct, run " + run + ": " + stages);
      await().atMost(Duration.ofMinutes(3)).until(home.client()::allIncidentsAreClosed);
    }
  }

  private static Stages freeze(GpuHost host) throws IOException {
    host.askForever();
    host.awaitBusy();
    Stages stages = new Stages();
    host.ollama.command("spin");
    return stages;
  }

  private static boolean frozen(GpuHost host) throws IOException {
    return host.value("ollama_frozen_duration_seconds").orElse(0)
        > host.value("ollama_frozen_threshold_seconds").orElse(Double.MAX_VALUE);
  }
}
