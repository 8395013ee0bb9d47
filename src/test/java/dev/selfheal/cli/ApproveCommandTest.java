package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApproveCommandTest {
  private static final String ORDER = "POST /api/v1/attempts/7/approve";
  private static final String LOOK = "GET /api/v1/attempts?limit=20&target=gpu-01";
  private static final String ACCEPTED =
      "{\"attempt\":7,\"incident\":3,\"target\":\"gpu-01\",\"state\":\"started\"}";

  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Ran approve(String... more) {
    return Ran.with(Args.of("approve", more, "--url", receiver.url()));
  }

  @Test
  void tellsTheAttemptThatHasBegunAndDoesNotWait() {
    receiver.answers(ORDER, 202, ACCEPTED);
    assertThat(approve("7", "--reason", "I looked"))
        .isEqualTo(new Ran(0, "attempt 7 on gpu-01 has begun\n", ""));
    assertThat(receiver.asked().get(0).body()).isEqualTo("{\"reason\":\"I looked\"}");
  }

  @Test
  void followsTheAttemptToItsEnd() {
    receiver
        .answers(ORDER, 202, ACCEPTED)
        .answers(LOOK, 200, "{\"attempts\":[{\"id\":7,\"state\":\"started\"}]}")
        .answers(
            LOOK,
            200,
            "{\"attempts\":[{\"id\":7,\"state\":\"settled\",\"outcome\":\"not_recovered\","
                + "\"sentence\":\"its API did not answer\"}]}");
    Ran ran = approve("7", "--wait");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("attempt 7 on gpu-01: not_recovered: its API did not answer");
  }

  @Test
  void tellsWhyTheReceiverDeclines() {
    receiver.answers(
        ORDER, 409, "{\"error\":\"attempt 7 does not wait for approval: it ended as expired\"}");
    assertThat(approve("7"))
        .isEqualTo(
            new Ran(
                1,
                "",
                "selfheal approve: the receiver declines: attempt 7 does not wait for approval: it"
                    + " ended as expired\n"));
  }

  @Test
  void takesNothingButANumber() {
    for (String id : new String[] {"gpu-01", "x", "0", "+7", "", "99999999999999999999"}) {
      assertThat(approve(id))
          .isEqualTo(
              new Ran(
                  2,
                  "",
                  "selfheal approve: ID must be an attempt's number: selfheal status shows"
                      + " them\n"));
    }
    assertThat(approve().code()).isEqualTo(2);
    assertThat(receiver.asked()).isEmpty();
  }

  @Test
  void takesTheAnswerAboutAnotherAttemptForAForeignOne() {
    receiver.answers(ORDER, 202, "{\"attempt\":8,\"target\":\"gpu-01\"}");
    assertThat(approve("7").err()).contains("not that of a selfheal receiver");
    receiver.close();
  }
}
