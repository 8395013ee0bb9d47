package dev.selfheal.e2e;

import static dev.selfheal.e2e.Chain.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.RealPrograms;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(150)
class FrozenOllamaIT {
  // Without a cooldown and with a short decay: what keeps a second delivery of the same alert from
  // restarting a second time is that it is the same alert.
  private static final String POLICY =
      """
      policy: {cooldown: 0s, settle: 5s, budgets: [{max: 3, per: 1h}]}
      recovery: {timeout: 30s}
      """;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void aFrozenOllamaIsRestartedOnceAndTheIncidentEndsWithItsAlert() throws Exception {
    Chain chain = Chain.start(programs, POLICY);
    long frozen = chain.ollama.pid();
    chain.ollama.freeze();
    soon("the incident is closed").until(chain.receiver::allIncidentsAreClosed);
    assertHealedByOneRestart(chain);
    assertThat(chain.ollama.pid()).isNotEqualTo(frozen);
    assertThat(ProcessHandle.of(frozen).map(ProcessHandle::isAlive))
        .isNotEqualTo(Optional.of(true));
    assertThat(chain.ollama.answers()).isTrue();
    soon("the alert is over").until(() -> !chain.fires());
  }

  @Test
  void twoAlertmanagersThatBothDeliverAtOnceCauseOneRestart() throws Exception {
    assertOneRestartFor(AlertmanagerPair.thatDeliversTwice("0s"));
  }

  /** By its turn the incident is over, and what it has to tell is that the alert fires. */
  @Test
  void anAlertmanagerThatDeliversLateCausesNoFurtherRestart() throws Exception {
    assertOneRestartFor(AlertmanagerPair.thatDeliversTwice("5s"));
  }

  private void assertOneRestartFor(List<List<String>> pair) throws Exception {
    Chain chain = Chain.start(programs, POLICY, pair);
    soon("the Alertmanagers have met").until(() -> chain.alertmanagers.get(1).peers() == 2);
    chain.ollama.freeze();
    soon("the incident is closed").until(chain.receiver::allIncidentsAreClosed);
    soon("both have told of the alert and of its end")
        .until(() -> AlertmanagerPair.bothTold(chain, 2));
    assertHealedByOneRestart(chain);
    assertThat(AlertmanagerPair.failures(chain)).isZero();
  }

  private static void assertHealedByOneRestart(Chain chain) throws Exception {
    assertThat(chain.ollama.restarts()).hasSize(1);
    List<JsonNode> attempts = chain.receiver.attempts();
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).path("target").asText()).isEqualTo(Chain.TARGET);
    assertThat(attempts.get(0).path("outcome").asText()).isEqualTo("recovered");
    List<JsonNode> incidents = chain.receiver.incidents();
    assertThat(incidents).hasSize(1);
    assertThat(incidents.get(0).path("closing").asText()).isEqualTo("recovered");
    assertThat(incidents.get(0).path("id")).isEqualTo(attempts.get(0).path("incident"));
  }
}
