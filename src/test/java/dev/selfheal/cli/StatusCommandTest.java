package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  private static final String TARGETS = "GET /api/v1/targets?limit=1000";
  private static final String INCIDENTS = "GET /api/v1/incidents?state=open&limit=1000";
  private static final String ATTEMPTS = "GET /api/v1/attempts?limit=10";

  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private void answer(String targets, String incidents, String attempts) {
    receiver
        .answers(TARGETS, 200, targets)
        .answers(INCIDENTS, 200, incidents)
        .answers(ATTEMPTS, 200, attempts);
  }

  private Ran status(String... more) {
    return Ran.with(Args.of("status", more, "--url", receiver.url()));
  }

  @Test
  void showsTheTargetsAndThatNothingHappened() {
    answer(
        "{\"targets\":[{\"name\":\"gpu-01\",\"mode\":\"act\",\"budget_remaining\":3}]}",
        "{\"incidents\":[]}",
        "{\"attempts\":[]}");
    assertThat(status())
        .isEqualTo(
            new Ran(
                0,
                """
                TARGET  STATE  MODE  BUDGET LEFT  LAST ATTEMPT  WHY
                gpu-01  ok     act             3  -

                No open incidents.

                No attempts yet.
                """,
                ""));
  }

  @Test
  void tellsTimesByTheReceiversOwnClock() {
    answer(
        "{\"targets\":[]}",
        "{\"incidents\":[{\"id\":1,\"target\":\"a\",\"state\":\"open\","
            + "\"opened_at\":\"2020-01-01T00:00:00Z\",\"alerts_total\":0,\"alerts_firing\":0,"
            + "\"alerts\":[]}]}",
        "{\"attempts\":[]}");
    assertThat(status().out()).containsPattern("\n 1  a       open   \\d{4,}d\\d*h? ago +0 of 0");
  }

  @Test
  void printsTheReceiversOwnAnswersAsOneObject() throws IOException {
    answer("{\"targets\":[{\"name\":\"ü\"}]}", "{\"incidents\":[]}", "{\"attempts\":[{\"id\":7}]}");
    Ran ran = status("--json");
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertThat(json.path("targets").path(0).path("name").asText()).isEqualTo("ü");
    assertThat(json.path("incidents").isArray()).isTrue();
    assertThat(json.path("attempts").path(0).path("id").asInt()).isEqualTo(7);
    assertThat(ran.code()).isZero();
  }

  @Test
  void letsNoControlCharacterReachTheTerminal() {
    String hostile = "\\u001b[2J\\u009b31m\\u202e\\u007f\u007f\u202e";
    answer(
        "{\"targets\":[{\"name\":\"%s\",\"paused\":{\"reason\":\"%s\",\"until\":\"%s\"}}]}"
            .formatted(hostile, hostile, hostile),
        "{\"incidents\":[{\"id\":\"%s\",\"target\":\"%s\",\"state\":\"%s\"}]}"
            .formatted(hostile, hostile, hostile),
        "{\"attempts\":[{\"id\":1,\"cause\":\"%s\",\"sentence\":\"%s\"}]}"
            .formatted(hostile, hostile));
    for (Ran ran : new Ran[] {status(), status("--json")}) {
      assertThat(ran.code()).isZero();
      assertThat(ran.out().replace("\n", "")).matches("[ -~]+");
    }
  }

  @Test
  void coloursAStateOnlyForPeople() {
    answer("{\"targets\":[{\"name\":\"a\"}]}", "{\"incidents\":[]}", "{\"attempts\":[]}");
    Surroundings terminal = new Surroundings(Map.of(), time -> {}, true);
    assertThat(Ran.in(terminal, "status", "--url", receiver.url()).out())
        .contains("\u001b[32mok\u001b[0m ");
    assertThat(status().out()).doesNotContain("\u001b");
  }

  @Test
  void doesNotMistakeAnotherServerForAReceiver() {
    answer("<html>", "<html>", "<html>");
    String line =
        "selfheal status: the answer is not that of a selfheal receiver: check --url, or listen in"
            + " the configuration\n";
    assertThat(status()).isEqualTo(new Ran(1, "", line));
    assertThat(status("--json")).isEqualTo(new Ran(1, "", line));
  }

  @Test
  void asksForListsAndTakesNothingElseForOne() {
    answer("{\"targets\":{}}", "{\"incidents\":[]}", "{\"attempts\":[]}");
    assertThat(status().err()).contains("not that of a selfheal receiver");
  }
}
