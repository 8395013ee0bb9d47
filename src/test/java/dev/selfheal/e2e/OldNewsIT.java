package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager dies in mid-incident: what it told last is all that the receiver ever hears. */
@Timeout(240)
class OldNewsIT {
  private static final String QUICK = "  interval: 1s\n  thresholds: {gpu: 20s}";

  /** Settles for much longer than a freeze takes to be seen; news is old soon. */
  private static final String POLICY =
      """
      policy:
        cooldown: 1s
        settle: 60s
        confirm_after: 5s
        fleet: {max_concurrent: 2, max_share: 1.0, per: 10m}
      targets:
      """;

  private static final Duration CONFIRM_AFTER = Duration.ofSeconds(5);

  /** Before that an exporter's silence about a stall proves nothing. */
  private static final Duration WATCHED = Duration.ofSeconds(61);

  @TempDir private Path folder;
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void onlyTheHostThatIsSeenToFreezeAgainIsRestartedAgain() throws Exception {
    GpuHost.Site site = new GpuHost.Site(programs, folder, QUICK);
    GpuHost once = site.host("once");
    GpuHost twice = site.host("twice");
    GpuHost mended = site.host("mended");
    GpuHost unwatched = site.host("unwatched");
    List<GpuHost> all = List.of(once, twice, mended, unwatched);
    ShippedChain chain =
        new ShippedChain(
            programs,
            all,
            ShippedChain.Parts.usual(
                programs.add(new ReceiverHome()),
                POLICY
                    + once.target()
                    + twice.target()
                    + mended.target()
                    + unwatched.unwatchedTarget()));
    chain.receiver.order("pause", mended.name);
    chain.receiver.order("pause", unwatched.name);
    // The one that freezes again is the last, so that it has not settled long before the others.
    for (GpuHost host : List.of(once, mended, unwatched, twice)) {
      freeze(host);
    }
    soon("the first freezes are healed, and two are paused")
        .until(
            () ->
                attempts(chain, once).equals(List.of("recovered"))
                    && attempts(chain, twice).equals(List.of("recovered"))
                    && chain.incidents(mended).size() == 1
                    && chain.incidents(unwatched).size() == 1);
    chain.alertmanager.kill();

    freeze(twice);
    mended.ollama.restart();
    unwatched.ollama.restart();
    soon("the news is old, and its end can be seen")
        .until(() -> ageOfNews(chain, mended).compareTo(CONFIRM_AFTER) > 0 && watched(mended));
    chain.receiver.order("resume", mended.name);
    chain.receiver.order("resume", unwatched.name);

    soon("nobody can confirm what the unwatched host was accused of")
        .until(() -> held(chain, unwatched).equals("unconfirmed"));
    soon("the second freeze is healed, too")
        .until(() -> attempts(chain, twice).equals(List.of("recovered", "recovered")));
    soon("the first host's recovery is settled")
        .until(() -> closings(chain, once).equals(List.of("recovered")));
    soon("the news that is over is dropped")
        .until(() -> closings(chain, mended).equals(List.of("expired")));
    assertThat(attempts(chain, once)).containsExactly("recovered");
    assertThat(attempts(chain, mended)).isEmpty();
    assertThat(attempts(chain, unwatched)).isEmpty();
  }

  private static void freeze(GpuHost host) throws Exception {
    host.askForever();
    host.awaitBusy();
    host.ollama.command("wait");
  }

  private static List<String> attempts(ShippedChain chain, GpuHost host) throws Exception {
    return chain.attempts(host).stream().map(each -> each.path("outcome").asText()).toList();
  }

  private static List<String> closings(ShippedChain chain, GpuHost host) throws Exception {
    return chain.incidents(host).stream().map(each -> each.path("closing").asText()).toList();
  }

  private static String held(ShippedChain chain, GpuHost host) throws Exception {
    return chain.incidents(host).get(0).path("held").path("reason").asText();
  }

  private static Duration ageOfNews(ShippedChain chain, GpuHost host) throws Exception {
    JsonNode incident = chain.incidents(host).get(0);
    return since(Instant.parse(incident.path("opened_at").asText()));
  }

  private static boolean watched(GpuHost host) throws Exception {
    double started = host.value("selfheal_exporter_start_time_seconds").orElseThrow();
    return since(Instant.ofEpochSecond((long) started)).compareTo(WATCHED) > 0;
  }

  private static Duration since(Instant time) {
    return Duration.between(time, Clock.systemUTC().instant());
  }

  private static ConditionFactory soon(String what) {
    return await(what).atMost(Duration.ofMinutes(2));
  }
}
