package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;

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
    List<Target> targets = Stream.of("gpu-01", "gpu-02", "gpu-03").map(TurnTest::target).toList();
    return Turn.order(targets, api()).stream().map(Target::name).toList();
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
    Secrecy none = new Secrecy(null, "", null);
    return Chain.of(
            new Deployment(
                "0.0.0-test",
                new Deployment.Receiver(
                    URI.create("http://127.0.0.1:" + receiver.port()),
                    none,
                    new Secrecy(EmbeddedReceiver.OPERATOR_TOKEN, "", null),
                    null),
                new Deployment.Neighbours(null, null, null, null, Path.of("/nonexistent")),
                List.of()))
        .receiver();
  }
}
