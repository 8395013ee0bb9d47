package dev.selfheal.demo;

import static dev.selfheal.demo.FakeScene.ENDLESS;
import static dev.selfheal.demo.FakeScene.SHORT;
import static dev.selfheal.demo.FakeScene.cpu;
import static dev.selfheal.demo.FakeScene.signal;
import static dev.selfheal.demo.FakeScene.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the fake against what was seen on real servers: its processes, sockets and answers. What
 * takes it half a minute to show, {@link FreezeTableIT} sees.
 */
@Timeout(90)
class FakeOllamaIT {
  private static final Duration BRIEFLY = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // each test begins with start()
  private FakeScene scene;

  @AfterEach
  void end() throws IOException {
    scene.close();
    assertThat(FakeScene.text("pgrep", "-f", folder + "/bin/")).isEmpty();
  }

  @Test
  void aHealthyCallOf032SendsThousandsOfBytesASecondOnAConnectionOfItsOwn() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    long began = System.nanoTime();
    long bytes = bytesIn(Duration.ofSeconds(2));
    assertThat(bytes * 1e9 / (System.nanoTime() - began)).isBetween(1_500.0, 5_000.0);
    assertThat(scene.rows(scene.port())).hasSize(1).first().extracting("state").isEqualTo("ESTAB");
  }

  @Test
  void anIdle032HasNoConnectionToItsRunnerAndA024KeepsOne() throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    await().until(() -> scene.rows(scene.port()).isEmpty());
    scene.close();
    scene = new FakeScene(folder.resolve("second"), kind(FakeVersion.POOLED)).loaded();
    long sent = scene.sent();
    assertThat(scene.rows(scene.port())).hasSize(1).first().extracting("state").isEqualTo("ESTAB");
    scene.loaded();
    assertThat(scene.sent() - sent).as("health ping and a short answer").isBetween(200L, 700L);
  }

  @Test
  void aSpinningRunnerUsesOneCoreAndSendsNothingWhileTheApiLives() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    scene.fake().command("spin");
    await().until(() -> bytesIn(Duration.ofMillis(300)) == 0);
    long sent = scene.sent();
    TableRow.Check burns = Outside.of(scene, "slow:latest").burns();
    await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
    burns.look(Sight.of(""));
    for (String path : new String[] {"/", "/api/tags", "/api/version", "/api/ps"}) {
      assertThat(scene.get(path).statusCode()).isEqualTo(200);
    }
    assertThat(scene.sent()).isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesASpinningRunnerLeavesACloseWaitWithOneUnreadByte(FakeVersion version)
      throws Exception {
    start(version).loaded();
    Process client = scene.client(ENDLESS);
    await().until(() -> bytesIn(Duration.ofMillis(300)) > 100);
    scene.fake().command("spin");
    Instant before = expiresAt();
    client.destroy();
    await()
        .until(
            () ->
                scene.rows(scene.port()).stream()
                    .anyMatch(row -> row.state().equals("CLOSE-WAIT") && row.unread() == 1));
    await()
        .untilAsserted(
            () -> {
              assertThat(scene.rows(scene.fake().uri().getPort()))
                  .noneMatch(row -> row.state().equals("CLOSE-WAIT"));
              assertThat(scene.fake().log())
                  .containsPattern("\\| 500 \\| .* POST {5}\"/api/generate\"");
              assertThat(expiresAt()).isAfter(before);
            });
    Duration used = cpu(scene.runner());
    await().until(() -> cpu(scene.runner()).compareTo(used.plusMillis(200)) > 0);
  }

  @Test
  void aStoppedRunnerIsInStateTAndItsGpuIdleAndGoesOnAfterSigcont() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    signal("STOP", scene.runner());
    await().until(() -> state(scene.runner()).equals("T"));
    assertThat(bytesIn(Duration.ofSeconds(1))).isZero();
    assertThat(scene.json("/api/ps").path("models")).hasSize(1);
    signal("CONT", scene.runner());
    await().until(() -> bytesIn(Duration.ofMillis(300)) > 100);
  }

  @Test
  void aStoppedServerTakesConnectionsAndAnswersNothing() throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    signal("STOP", scene.fake().serve());
    assertThatThrownBy(() -> scene.get("/api/version", BRIEFLY))
        .isInstanceOf(HttpTimeoutException.class);
    scene.fake().restart();
    assertThat(scene.get("/api/version").statusCode()).isEqualTo(200);
  }

  @Test
  void aRestartEndsASpinningRunnerAndTheNextOneIsWell() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    scene.fake().command("spin");
    long runner = scene.runner();
    signal("TERM", scene.fake().serve());
    await().until(() -> state(runner).isEmpty()); // within 2 s, where nothing else runs
    scene.fake().restart();
    assertThat(scene.json("/api/ps").path("models")).isEmpty();
    scene.loaded();
    assertThat(scene.runner()).isNotEqualTo(runner);
  }

  @Test
  void expiresAtSlidesInTheFirstRequestAndStandsInALaterOne() throws Exception {
    start(FakeVersion.PER_CALL);
    CompletableFuture<HttpResponse<String>> first = scene.ask("/api/generate", ENDLESS);
    await().until(() -> scene.json("/api/ps").path("models").size() == 1);
    Instant early = expiresAt();
    await().until(() -> expiresAt().isAfter(early.plusMillis(100)));
    scene.fake().command("kill");
    assertThat(first.join().statusCode()).isEqualTo(500);
    scene.loaded();
    var unused = scene.ask("/api/generate", ENDLESS);
    await().until(() -> bytesIn(Duration.ofMillis(200)) > 100);
    Instant later = expiresAt();
    await().pollDelay(Duration.ofMillis(500)).until(() -> expiresAt().equals(later));
  }

  @Test
  void aKilledRunnerFailsItsClientAtOnceStaysListedAndIsReplacedByTheNextRequest()
      throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    CompletableFuture<HttpResponse<String>> call = scene.ask("/api/generate", ENDLESS);
    await().until(() -> scene.sent() > 300);
    long killed = scene.runner();
    signal("KILL", killed);
    assertThat(call.join().statusCode()).isEqualTo(500);
    assertThat(call.join().body())
        .isEqualTo(
            "{\"error\":\"an error was encountered while running the model: unexpected EOF\"}");
    assertThat(scene.json("/api/ps").path("models")).hasSize(1);
    await().until(() -> state(killed).isEmpty());
    assertThat(scene.loaded().runner()).isNotIn(0L, killed);
  }

  @Test
  void keepAliveDecidesHowLongAModelStays() throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    String unload =
        scene.ask("/api/generate", "{\"model\":\"slow\",\"keep_alive\":0}").join().body();
    assertThat(unload).contains("\"done_reason\":\"unload\"");
    await().until(() -> scene.json("/api/ps").path("models").isEmpty());
    scene
        .ask("/api/generate", SHORT.replace("{\"model\"", "{\"keep_alive\":\"1s\",\"model\""))
        .join();
    assertThat(scene.json("/api/ps").path("models")).hasSize(1);
    await().until(() -> scene.json("/api/ps").path("models").isEmpty());
  }

  @Test
  void ofTwoRequestsOneReachesTheRunnerAndTheOtherWaits() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    CompletableFuture<HttpResponse<String>> second = scene.ask("/api/generate", SHORT);
    await().pollDelay(Duration.ofMillis(500)).until(() -> scene.rows(scene.port()).size() == 1);
    assertThat(second).isNotDone();
  }

  @Test
  void twoModelsHaveARunnerEachAndOneMaySpinWhileTheOtherAnswers() throws Exception {
    start(FakeVersion.PER_CALL).generating();
    scene.fake().command("spin slow:latest");
    String body = scene.ask("/api/generate", SHORT.replace("slow", "tiny")).join().body();
    assertThat(body).contains("\"model\":\"tiny\"").contains("\"done\":true");
    assertThat(scene.fake().runners()).hasSize(2);
  }

  @Test
  void aSlowLoadIsUnlistedOn032AndItsMemoryGrows() throws Exception {
    start(FakeVersion.PER_CALL).fake().command("load 4000");
    var load = scene.ask("/api/generate", "{\"model\":\"slow\"}");
    await().until(() -> !FakeScene.text("pgrep", "-P", "" + scene.fake().serve()).isEmpty());
    assertThat(scene.json("/api/ps").path("models")).isEmpty();
    assertThat(load.join().body()).contains("\"done_reason\":\"load\"");
    assertThat(scene.fake().log())
        .containsPattern("llama-server started in ([4-9]|\\d\\d)\\.\\d+ seconds");
  }

  @Test
  void inASchedulerDeadlockRequestsReachNoRunnerAndClientsLeaveCloseWaits() throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    scene.fake().command("deadlock");
    int api = scene.fake().uri().getPort();
    long before = askers(api);
    Process client = scene.client(SHORT);
    await().until(() -> askers(api) > before);
    client.destroy();
    await().until(() -> scene.rows(api).stream().anyMatch(row -> row.state().equals("CLOSE-WAIT")));
    assertThat(scene.rows(scene.port())).isEmpty();
  }

  @Test
  void aWedgedUnloadLeavesAZombieAndAListThatNeverAnswers() throws Exception {
    start(FakeVersion.PER_CALL).fake().leaveZombies();
    scene.fake().restart();
    long runner = scene.loaded().runner();
    scene.fake().command("wedge");
    scene.ask("/api/generate", "{\"model\":\"slow\",\"keep_alive\":0}").join();
    await().until(() -> state(runner).equals("Z"));
    assertThatThrownBy(() -> scene.get("/api/ps", BRIEFLY))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(scene.get("/api/tags").statusCode()).isEqualTo(200);
  }

  @Test
  void aPullGoesOnInSmallStepsWithAnIdleModelInMemory() throws Exception {
    start(FakeVersion.PER_CALL).loaded();
    var unused = scene.ask("/api/pull", "{\"model\":\"other\"}");
    int api = scene.fake().uri().getPort();
    await().until(() -> scene.rows(api).stream().anyMatch(row -> row.sent() > 500));
    assertThat(scene.rows(scene.port())).isEmpty();
  }

  @Test
  void nobodyCommandsItWithoutItsToken() throws Exception {
    start(FakeVersion.PER_CALL);
    assertThatThrownBy(() -> scene.fake().command("dance"))
        .hasMessageContaining("there is no dance");
    Path control = folder.resolve("first/control");
    assertThat(Files.getPosixFilePermissions(control)).hasSize(2);
    Files.writeString(control, Files.readString(control).split(" ", -1)[0] + " guess");
    assertThatThrownBy(() -> scene.fake().command("spin")).hasMessageContaining("refused");
  }

  /** Connections on which a whole request came; the scene's own stays open after its answer. */
  private long askers(int api) {
    return scene.rows(api).stream().filter(row -> row.received() > 100).count();
  }

  private FakeScene start(FakeVersion version) throws Exception {
    scene = new FakeScene(folder.resolve("first"), kind(version));
    return scene;
  }

  private static FakeOllama.Kind kind(FakeVersion version) {
    return FakeOllama.Kind.usual(version);
  }

  private Instant expiresAt() throws Exception {
    return Instant.parse(scene.json("/api/ps").at("/models/0/expires_at").asText());
  }

  private long bytesIn(Duration time) {
    long before = scene.sent();
    await().pollDelay(time).until(() -> true);
    return scene.sent() - before;
  }
}
