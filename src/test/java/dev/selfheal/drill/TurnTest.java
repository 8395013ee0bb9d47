package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.verify.Chain;
import dev.selfheal.verify.Deployment;
import dev.selfheal.verify.Deployment.Secrecy;
import dev.selfheal.verify.ReceiverApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TurnTest {
  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void whoWasDrilledLastComesLastAndWhoNeverWasComesFirst()
      throws NoAnswerException, InterruptedException {
    assertThat(order()).containsExactly("gpu-01", "gpu-02", "gpu-03");
    drill("gpu-01");
    drill("gpu-02");
    assertThat(order()).containsExactly("gpu-03", "gpu-01", "gpu-02");
    drill("gpu-03");
    drill("gpu-01");
    assertThat(order()).containsExactly("gpu-02", "gpu-03", "gpu-01");
  }

  @Test
  void oneThatTheReceiverDoesNotKnowNeverHadADrillAndStopsNoOther()
      throws NoAnswerException, InterruptedException {
    drill("gpu-01");
    drill("gpu-02");
    assertThat(order(api(), "gpu-02", "gpu-01", "gpu-99"))
        .containsExactly("gpu-99", "gpu-01", "gpu-02");
  }

  @Test
  void aReceiverThatAsksForATokenWhichCannotBeShownIsNotAsked() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> order(api(new Secrecy(null, "token: cannot be read", null)), "gpu-01"))
        .satisfies(e -> assertThat(e.why()).isEqualTo("token: cannot be read"));
  }

  @Test
  void aReceiverThatDeclinesIsNotOneThatKnowsOfNoDrill() {
    assertThatExceptionOfType(NoAnswerException.class)
        .isThrownBy(() -> order(api(new Secrecy("wrong", "", null)), "gpu-01"))
        .satisfies(e -> assertThat(e.why()).endsWith("status 401"));
  }

  private void drill(String target) {
    int drill =
        receiver
            .operator()
            .post("/api/v1/targets/" + target + "/drill")
            .then()
            .statusCode(202)
            .extract()
            .path("drill");
    receiver
        .operator()
        .body("{\"passed\":true,\"seconds\":1}")
        .post("/api/v1/drills/" + drill)
        .then()
        .statusCode(200);
  }

  private List<String> order() throws NoAnswerException, InterruptedException {
    return order(api(), "gpu-01", "gpu-02", "gpu-03");
  }

  private static List<String> order(ReceiverApi api, String... names)
      throws NoAnswerException, InterruptedException {
    List<Target> targets = Stream.of(names).map(TurnTest::target).toList();
    return Turn.order(targets, api).stream().map(Target::name).toList();
  }

  private static Target target(String name) {
    return new Target(
        name,
        new Match(Map.of("instance", name + ":9100"), List.of()),
        new Target.Control("ollama.service", List.of()),
        URI.create("http://127.0.0.1:11434"),
        new Target.RecoveryLimits(Duration.ofSeconds(60), Duration.ofSeconds(60)));
  }

  private ReceiverApi api() {
    return api(new Secrecy(EmbeddedReceiver.OPERATOR_TOKEN, "", null));
  }

  private ReceiverApi api(Secrecy operator) {
    Secrecy none = new Secrecy(null, "", null);
    return Chain.of(
            new Deployment(
                "0.0.0-test",
                new Deployment.Receiver(
                    URI.create("http://127.0.0.1:" + receiver.port()), none, operator, null),
                new Deployment.Neighbours(null, null, null, null, Path.of("/nonexistent")),
                List.of()))
        .receiver();
  }
}
