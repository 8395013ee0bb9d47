package dev.selfheal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person has held back stays so when the receiver is killed and started again. */
@Timeout(120)
class HeldBackIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final ReceiverHome home = new ReceiverHome();

  @Test
  void pauseKillSwitchAndWaitingAttemptOutliveTheReceiver() throws Exception {
    programs.add(home);
    home.configure(Homes.target(home) + "mode: approve\n");
    ReceiverProcess first = programs.add(ReceiverProcess.ready(home));
    home.client().notify(Notification.of("gpu-01").toString()).json();
    await().atMost(LIMIT).until(() -> !target().path("approval").isNull());
    String expires = target().path("approval").path("expires").asText();
    home.client()
        .post("/api/v1/targets/gpu-01/pause", "{\"for\":\"5h\",\"reason\":\"one\"}")
        .json();
    home.client().post("/api/v1/pause", "{\"for\":\"2h\",\"reason\":\"all\"}").json();
    String until = targets().path("paused").path("until").asText();
    first.kill();
    assertThat(first.endsWithin(LIMIT)).isTrue();

    programs.add(ReceiverProcess.ready(home));
    assertThat(targets().path("paused").path("reason").asText()).isEqualTo("all");
    assertThat(targets().path("paused").path("until").asText()).isEqualTo(until);
    assertThat(target().path("paused").path("reason").asText()).isEqualTo("one");
    assertThat(target().path("mode").asText()).isEqualTo("approve");
    assertThat(target().path("approval").path("expires").asText()).isEqualTo(expires);
    String approve = "/api/v1/attempts/" + target().path("approval").path("attempt") + "/approve";
    assertThat(home.client().post(approve, "{}").status()).isEqualTo(409);
    assertThat(home.read(Homes.RESTARTS)).isEmpty();

    home.client().post("/api/v1/resume", "{}").json();
    assertThat(targets().path("paused").isNull()).isTrue();
    assertThat(home.client().post(approve, "{}").status()).isEqualTo(202);
    await().atMost(LIMIT).until(() -> home.read(Homes.RESTARTS).lines().count() == 1);
  }

  private JsonNode targets() throws IOException {
    return home.client().get("/api/v1/targets").json();
  }

  private JsonNode target() throws IOException {
    return targets().path("targets").path(0);
  }
}
