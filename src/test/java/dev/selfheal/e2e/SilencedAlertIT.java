package dev.selfheal.e2e;

import static dev.selfheal.e2e.Chain.ALERT;
import static dev.selfheal.e2e.Chain.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.RealPrograms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A silenced alert never sends its resolve, so what was heard before the silence gets old. */
@Timeout(150)
class SilencedAlertIT {
  /** The cooldown outlasts confirm_after: when it ends, the news is old and has to be confirmed. */
  private static final String POLICY =
      "policy: {cooldown: %ds, confirm_after: 2s, settle: 5s, budgets: [{max: 3, per: 1h}]}\n";

  /** Time to silence an alert, and none to wait for a recovery that will not come. */
  private static final String LONG_COOLDOWN = POLICY.formatted(12) + "recovery: {timeout: 3s}\n";

  /** Time for a restart that helps, also on a machine that is busy. */
  private static final String LONG_RECOVERY = POLICY.formatted(5) + "recovery: {timeout: 12s}\n";

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void anAlertSilencedDuringTheCooldownIsNotActedOnWhenTheCooldownEnds() throws Exception {
    Chain chain = afterAnAttemptInVain(LONG_COOLDOWN);
    silence(chain);
    soon("the incident is closed").until(chain.receiver::allIncidentsAreClosed);
    assertThat(closings(chain)).containsExactly("expired");
    assertThat(outcomes(chain)).containsExactly("not_recovered");
    assertThat(chain.ollama.restarts()).hasSize(1);
    assertThat(chain.fires()).isTrue();
  }

  /**
   * Without the silence the same old news is confirmed: it is the silence that makes the
   * difference.
   */
  @Test
  void anAlertThatIsNotSilencedIsActedOnAgainWhenTheCooldownEnds() throws Exception {
    Chain chain = afterAnAttemptInVain(LONG_RECOVERY);
    chain.ollama.mendRestarts();
    soon("the incident is closed").until(chain.receiver::allIncidentsAreClosed);
    assertThat(closings(chain)).containsExactly("recovered");
    assertThat(outcomes(chain)).containsExactly("recovered", "not_recovered");
    assertThat(chain.ollama.restarts()).hasSize(2);
  }

  @Test
  void anAlertSilencedDuringAPauseIsNotActedOnWhenAnOperatorResumes() throws Exception {
    Chain chain = Chain.start(programs, LONG_COOLDOWN);
    chain.receiver.order("pause", Chain.TARGET);
    chain.ollama.freeze();
    soon("the pause holds it").until(() -> chain.receiver.heldBy().equals(List.of("paused")));
    silence(chain);
    soon("the news is old").until(() -> chain.receiver.sinceLastOpened().toSeconds() > 2);
    chain.receiver.order("resume", Chain.TARGET);
    soon("the incident is closed").until(chain.receiver::allIncidentsAreClosed);
    assertThat(closings(chain)).containsExactly("expired");
    assertThat(chain.receiver.attempts()).isEmpty();
    assertThat(chain.ollama.restarts()).isEmpty();
  }

  private Chain afterAnAttemptInVain(String policy) throws Exception {
    Chain chain = Chain.start(programs, policy);
    chain.ollama.breakRestarts();
    chain.ollama.freeze();
    soon("the cooldown holds it").until(() -> chain.receiver.heldBy().equals(List.of("cooldown")));
    return chain;
  }

  private static void silence(Chain chain) throws Exception {
    chain.alertmanagers.get(0).silence(ALERT);
    soon("the alert is silenced")
        .until(() -> chain.alertmanagers.get(0).states(ALERT).equals(List.of("suppressed")));
  }

  private static List<String> closings(Chain chain) throws Exception {
    return chain.receiver.incidents().stream().map(each -> text(each, "closing")).toList();
  }

  private static List<String> outcomes(Chain chain) throws Exception {
    return chain.receiver.attempts().stream().map(each -> text(each, "outcome")).toList();
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).asText();
  }
}
