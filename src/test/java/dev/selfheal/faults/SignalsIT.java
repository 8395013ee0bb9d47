package dev.selfheal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.action.CommandRunner;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class SignalsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** What a service manager and a busy machine may well take, and less than any patience. */
  private static final Duration PROMPTLY = Duration.ofSeconds(8);

  /** A restart command that runs may go on for so long. */
  private static final Duration LAST_CHANCE = CommandRunner.LAST_CHANCE;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final ReceiverHome home = new ReceiverHome();

  @BeforeEach
  void configure() {
    programs.add(home);
    home.configure(Homes.target(home));
  }

  @Test
  void sigtermEndsItWithZeroAndTheNextOneTakesUpWhereItWas() throws Exception {
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    home.client().post("/api/v1/pause", "{\"reason\":\"before the end\"}").json();
    assertThat(home.client().notify(Notification.of("gpu-01").toString()).status()).isEqualTo(200);
    ends(receiver);
    assertThat(receiver.log()).contains("the receiver has ended").doesNotContain("\tat ");
    programs.add(ReceiverProcess.ready(home));
    await().atMost(LIMIT).until(() -> home.client().heldBy().contains("paused"));
    assertThat(home.read(Homes.RESTARTS)).isEmpty();
  }

  @Test
  void sigtermDuringAnAttemptEndsItAndTheNextOneSettlesTheAttemptAbandoned() throws Exception {
    home.configure(Homes.target("echo $$ > " + home.folder().resolve("pid") + "; exec sleep 300"));
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    home.client().notify(Notification.of("gpu-01").toString()).json();
    await("the attempt runs").atMost(LIMIT).until(() -> home.read("pid").endsWith("\n"));
    receiver.terminate();
    assertThat(receiver.endsWithin(LAST_CHANCE.plus(PROMPTLY))).as("it ends").isTrue();
    assertThat(receiver.exitCode()).isZero();
    assertThat(receiver.log()).contains("this receiver ends while the attempt runs");
    long command = Long.parseLong(home.read("pid").strip());
    await("the end of the command it ran").until(() -> ProcessHandle.of(command).isEmpty());

    home.configure(Homes.target(home));
    programs.add(ReceiverProcess.ready(home));
    JsonNode attempt = home.client().attempts().get(0);
    assertThat(attempt.path("outcome").asText()).isEqualTo("abandoned");
    assertThat(attempt.path("reason").asText()).isEqualTo("receiver_died");
    assertThat(attempt.path("remarks")).isNotEmpty();
    assertThat(home.client().attempts()).hasSize(1);
  }

  @Test
  void sighupTakesUpAGoodConfigurationAndKeepsTheOldOneInPlaceOfABadOne() throws Exception {
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    home.configure(Homes.target(home).replace("name: gpu-01", "name: other-01"));
    receiver.reload();
    await().atMost(LIMIT).until(() -> firstTarget().equals("other-01"));
    home.configure(Homes.target(home).replace("match:", "mach:") + "policy: {cooldown: soon}\n");
    receiver.reload();
    await().atMost(LIMIT).until(() -> receiver.log().contains("the old configuration stays"));
    assertThat(receiver.log()).contains("targets[0].mach", "policy.cooldown");
    assertThat(firstTarget()).isEqualTo("other-01");
    ends(receiver);
  }

  private String firstTarget() throws Exception {
    return home.client().get("/api/v1/targets").json().at("/targets/0/name").asText();
  }

  private static void ends(ReceiverProcess receiver) {
    receiver.terminate();
    assertThat(receiver.endsWithin(PROMPTLY)).as("it ends promptly").isTrue();
    assertThat(receiver.exitCode()).isZero();
  }
}
