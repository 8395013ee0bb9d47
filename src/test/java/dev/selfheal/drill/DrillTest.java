package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Freeze;
import dev.selfheal.drill.DrillReport.Moment;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import dev.selfheal.verify.Chain;
import dev.selfheal.verify.Deployment;
import dev.selfheal.verify.Deployment.Neighbours;
import dev.selfheal.verify.Deployment.Secrecy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A drill with a real receiver, whose restarts a fake does, on a fake host. */
class DrillTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.ofEpochSecond(100_001);

  private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();
  private final FrozenHost host = new FrozenHost();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Moment> heard = new ArrayList<>();
  private boolean killed;
  private URI address = URI.create("http://127.0.0.1:" + receiver.port());

  @AfterEach
  void end() {
    if (!killed) {
      receiver.close();
    }
    host.api.close();
  }

  private void killReceiver() {
    killed = true;
    receiver.close();
  }

  private Drill drill(boolean force, String name) {
    return drill(force, name, WITHIN);
  }

  private Drill drill(boolean force, String name, Duration within) {
    Deployment deployment =
        new Deployment(
            "0.0.0-test",
            new Deployment.Receiver(
                address,
                new Secrecy(EmbeddedReceiver.WEBHOOK_TOKEN, "", null),
                new Secrecy(EmbeddedReceiver.OPERATOR_TOKEN, "", null),
                null),
            new Neighbours(null, null, null, null, Path.of("/nonexistent")),
            List.of());
    Target target =
        new Target(
            name,
            new Match(Map.of("instance", name + ":9100"), List.of()),
            new Target.Control("ollama.service", List.of()),
            host.api.uri(),
            new Target.RecoveryLimits(Duration.ofSeconds(60), Duration.ofSeconds(60)));
    DrillTools tools =
        new DrillTools(
            host,
            Chain.of(deployment),
            Set.of("OllamaFrozen"),
            new DrillTools.Time(
                Clock.fixed(NOW, ZoneOffset.UTC),
                nanos::get,
                time -> nanos.addAndGet(time.toNanos())));
    return new Drill(tools, new DrillPlan(target, Freeze.What.RUNNER, within, force), heard::add);
  }

  private DrillReport run() throws InterruptedException {
    return drill(false, "gpu-01").run();
  }

  /** As soon as it is frozen the receiver is told, and its restart makes another process. */
  private void chainWorks() {
    host.whenFrozen =
        () -> {
          deliver();
          host.restart();
          host.frozen = true; // the exporter's page is from a moment before
        };
  }

  private void deliver() {
    receiver
        .alertmanager()
        .body(Notification.of("gpu-01").toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }

  private String drills(String field) {
    return receiver.operator().get("/api/v1/drills").jsonPath().getString(field);
  }

  @Test
  void aFreezeThatIsHealedInTimePassesAndTheReceiverKnows() throws InterruptedException {
    chainWorks();
    DrillReport report = run();
    assertThat(report.passed()).as("%s", report).isTrue();
    assertThat(report.moments())
        .extracting(Moment::stage)
        .containsExactly(
            Stage.FROZEN,
            Stage.EVIDENCE,
            Stage.WEBHOOK,
            Stage.DECISION,
            Stage.RESTART,
            Stage.PROOF,
            Stage.ANSWER);
    assertThat(heard).containsExactlyInAnyOrderElementsOf(report.moments());
    assertThat(report.left()).isEqualTo("the freeze is over, and tiny answers");
    assertThat(host.orders).containsExactly("RUNNER for 25 s", "thaw");
    assertThat(drills("drills[0].passed")).isEqualTo("true");
    assertThat(receiver.operator().get("/api/v1/attempts").jsonPath().getInt("attempts[0].drill"))
        .isEqualTo(1);
  }

  @Test
  void theReceiverTakesTheLongestDrillAndKnowsOfItUntilTheModelHasAnswered()
      throws InterruptedException {
    chainWorks();
    assertThat(drill(false, "gpu-01", DrillPlan.LONGEST).run().passed()).isTrue();
    assertThat(Duration.between(at("began_at"), at("due_at"))).isEqualTo(Duration.ofHours(1));
  }

  private Instant at(String field) {
    return Instant.parse(drills("drills[0]." + field));
  }

  @Test
  void aRequestOfItsOwnIsInFlightWhenItFreezes() throws InterruptedException {
    host.whenFrozen =
        () -> assertThat(host.api.asked("/api/generate")).as("questions so far").isEqualTo(1);
    run();
    assertThat(host.api.asked().stream().filter(each -> each.path().equals("/api/generate")))
        .first()
        .satisfies(each -> assertThat(each.body()).contains("\"stream\":true", "\"tiny\""));
  }

  @Test
  void whereNobodyTellsTheReceiverTheWebhookIsNamedAndTheHostIsLetGo() throws InterruptedException {
    DrillReport report = run();
    assertThat(report.passed()).isFalse();
    assertThat(report.verdict())
        .isEqualTo(
            "webhook was not seen within 20 s: the receiver answers, and was told of nothing");
    assertThat(report.took()).isGreaterThanOrEqualTo(WITHIN);
    assertThat(host.frozen).isFalse();
    assertThat(report.left()).endsWith("tiny answers");
    assertThat(drills("drills[0].passed")).isEqualTo("false");
    assertThat(drills("drills[0].verdict")).startsWith("webhook was not seen");
  }

  @Test
  void whereTheExporterSeesNothingTheEvidenceIsNamed() throws InterruptedException {
    host.whenFrozen = () -> host.exporterStopped = true;
    DrillReport report = run();
    assertThat(report.verdict())
        .startsWith("evidence was not seen within 20 s: the exporter's page is old");
    assertThat(report.mend()).contains("selfheal-exporter.service");
  }

  @Test
  void whereTheReceiverHoldsTheRestartItsReasonIsTold() throws InterruptedException {
    host.whenFrozen =
        () -> {
          receiver.operator().post("/api/v1/targets/gpu-01/pause");
          deliver();
        };
    assertThat(run().verdict()).startsWith("decision was not seen within 20 s: held: ");
  }

  @Test
  void aRestartThatAPersonAsksForIsNoProofOfTheChain() throws InterruptedException {
    host.whenFrozen =
        () -> {
          receiver.operator().body("{\"target\":\"gpu-01\"}").post("/api/v1/remediations");
          await().until(() -> attempts() == 1);
          host.restart();
        };
    DrillReport report = run();
    assertThat(report.passed()).isFalse();
    assertThat(report.verdict())
        .endsWith("was not seen within 20 s: a person asked for attempt 1, so it proves nothing");
  }

  @Test
  void aReceiverThatDiesMeanwhileIsNamedAndTheHostIsLetGo() throws InterruptedException {
    host.whenFrozen = this::killReceiver;
    DrillReport report = run();
    assertThat(report.verdict())
        .startsWith("webhook was not seen within 20 s: the receiver does not answer: ");
    assertThat(host.frozen).isFalse();
    assertThat(report.left()).contains("tiny answers; the receiver was not told");
  }

  /** What stands in the way, and may be passed over. */
  enum Obstacle {
    PAUSED("its restart would be held: automatic action is paused"),
    INCIDENT("incident 1 is open"),
    BUDGET("its restart budget would fall below one: 1 left"),
    IN_FLIGHT("requests of others are in flight: 3"),
    EXPORTER("nobody would see the freeze: the exporter's page is old"),
    STALLED("it is frozen already: stopped"),
    MODE("its mode is observe"),
    QUIET("its restart would be held: the configuration allows no action at this hour"),
    FLEET(
        "its restart would be held: too many targets of the fleet were restarted lately, until"
            + " 2026-11-22T10:10:00Z");

    private final String words;

    Obstacle(String words) {
      this.words = words;
    }
  }

  private void put(Obstacle obstacle) {
    switch (obstacle) {
      case PAUSED -> receiver.operator().post("/api/v1/targets/gpu-01/pause");
      case INCIDENT -> {
        receiver.restarter().hold();
        deliver();
      }
      case BUDGET -> spend("gpu-01", 2);
      case IN_FLIGHT -> host.inFlight = 3;
      case EXPORTER -> host.exporterStopped = true;
      case STALLED -> host.stalledBefore = true;
      case MODE -> configure("mode: observe");
      case QUIET -> configure("not_during: [\"00:00-24:00\"]");
      case FLEET -> spend("gpu-02", 1);
    }
  }

  private void configure(String key) {
    receiver.configure(
        EmbeddedReceiver.TOKENS
            + "targets: [{name: gpu-01, match: {instance: \"gpu-01:9100\"}, restart_command: [x], "
            + key
            + "}]\n");
    receiver.operator().post("/-/reload").then().statusCode(200);
  }

  private void spend(String target, int restarts) {
    for (int i = 1; i <= restarts; i++) {
      receiver
          .operator()
          .body("{\"target\":\"%s\"}".formatted(target))
          .post("/api/v1/remediations")
          .then()
          .statusCode(202);
      int times = i;
      await().until(() -> receiver.restarter().restarted().size() == times && incidents() == 0);
      receiver.clock().advance(Duration.ofMinutes(2));
    }
  }

  private int attempts() {
    return receiver.operator().get("/api/v1/attempts").jsonPath().getList("attempts").size();
  }

  private int incidents() {
    return receiver
        .operator()
        .get("/api/v1/incidents?state=open")
        .jsonPath()
        .getList("incidents")
        .size();
  }

  @ParameterizedTest
  @EnumSource
  void whatStandsInTheWayIsToldAndNothingIsTouched(Obstacle obstacle) throws InterruptedException {
    put(obstacle);
    DrillReport report = run();
    receiver.restarter().release();
    assertThat(report.refused()).isTrue();
    assertThat(report.verdict()).startsWith(obstacle.words);
    assertThat(report.mend()).contains("--force");
    assertThat(host.orders).isEmpty();
    assertThat(host.api.asked("/api/generate")).isZero();
    assertThat(drills("drills[0]")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void forcePassesOverIt(Obstacle obstacle) throws InterruptedException {
    put(obstacle);
    DrillReport report = drill(true, "gpu-01").run();
    receiver.restarter().release();
    assertThat(report.moments()).extracting(Moment::stage).contains(Stage.FROZEN);
    assertThat(host.orders).containsExactly("RUNNER for 25 s", "thaw");
  }

  @Test
  void withoutAReceiverNothingIsFrozenNotEvenWithForce() throws InterruptedException {
    address = URI.create("http://127.0.0.1:1");
    DrillReport report = drill(true, "gpu-01").run();
    assertThat(report.verdict())
        .startsWith("no receiver answers at http://127.0.0.1:1, so nothing would be healed");
    assertThat(host.orders).isEmpty();
  }

  @Test
  void whatTheReceiverDoesNotKnowIsNotFrozen() throws InterruptedException {
    DrillReport report = drill(true, "gpu-99").run();
    assertThat(report.verdict()).startsWith("the receiver knows no target of this name");
    assertThat(host.orders).isEmpty();
  }

  @Test
  void aServerThatIsStoppedIsNotFrozen() throws InterruptedException {
    host.active = false;
    assertThat(drill(true, "gpu-01").run().verdict()).startsWith("its unit is not active");
    assertThat(host.orders).isEmpty();
  }

  @Test
  void withoutAModelThatAnswersNothingIsFrozen() throws InterruptedException {
    host.api.answer("/api/generate", 400, "{\"error\":\"does not support generate\"}");
    assertThat(run().verdict())
        .isEqualTo(
            "no model answers a request, so nobody would wait: tiny gave no text: status 400");
    assertThat(host.orders).isEmpty();
    assertThat(drills("drills[0]")).isNull();
  }

  @Test
  void withoutTheRightToFreezeNothingIsAskedAndNoDrillHasFailed() throws InterruptedException {
    host.answerToQuestion = "Interactive authentication required.";
    DrillReport report = drill(true, "gpu-01").run();
    assertThat(report.refused()).isTrue();
    assertThat(report.verdict())
        .isEqualTo("it may not be frozen: status 1: Interactive authentication required.");
    assertThat(report.mend()).contains("61-ollama-selfheal-drill.rules");
    assertThat(host.orders).isEmpty();
    assertThat(host.api.asked("/api/generate")).isZero();
    assertThat(drills("drills[0]")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host-agent: no such verb; use exactly one of status",
        "host-agent: selfheal-freeze@runner-10-ollama.service not found; install this version of"
            + " ollama-selfheal here"
      })
  void aHostWithAnOlderPackageIsNotDrilled(String said) throws InterruptedException {
    host.answerToQuestion = said;
    DrillReport report = drill(true, "gpu-01").run();
    assertThat(report.refused()).isTrue();
    assertThat(report.mend()).isEqualTo("install this version of ollama-selfheal there");
  }

  @Test
  void whatComesInTheWayWhileAModelIsLoadedIsSeenBeforeTheFreeze() throws InterruptedException {
    host.whenAsked = () -> receiver.operator().post("/api/v1/targets/gpu-01/pause");
    DrillReport report = run();
    assertThat(report.refused()).isTrue();
    assertThat(report.verdict()).startsWith("its restart would be held: automatic action is pau");
    assertThat(host.orders).isEmpty();
    assertThat(drills("drills[0]")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true"})
  void itsOwnRequestIsNobodyElses(int inFlight, boolean refused) throws InterruptedException {
    host.whenAsked = () -> host.inFlight = inFlight;
    DrillReport report = run();
    assertThat(report.refused()).isEqualTo(refused);
    if (refused) {
      assertThat(report.verdict()).isEqualTo("requests of others are in flight: 1");
    }
  }

  @Test
  void theFreezeOfAnotherDrillIsLeftAlone() throws InterruptedException {
    host.answerToFreeze =
        new CommandResult.Exited(
            1,
            """
            Job for selfheal-freeze@runner-25-ollama.service failed.
            See "systemctl status selfheal-freeze@runner-25-ollama.service".
            ollama.service is in another freeze, until its timer ends it
            """);
    DrillReport report = drill(true, "gpu-01").run();
    assertThat(report.verdict())
        .endsWith("failed.; ollama.service is in another freeze, until its timer ends it");
    assertThat(host.orders).containsExactly("RUNNER for 25 s");
    assertThat(report.left()).isEqualTo("the other freeze goes on");
    assertThat(drills("drills[0].passed")).isEqualTo("false");
  }

  @Test
  void aRefusalToFreezeNamesTheFileThatGivesTheRight() throws InterruptedException {
    host.answerToFreeze = new CommandResult.Exited(1, "Interactive authentication required.");
    DrillReport report = run();
    assertThat(report.verdict())
        .isEqualTo("it could not be frozen: status 1: Interactive authentication required.");
    assertThat(report.mend()).contains("61-ollama-selfheal-drill.rules");
    assertThat(report.left()).isEqualTo("nothing is frozen");
    assertThat(drills("drills[0].passed")).isEqualTo("false");
  }

  @Test
  void aFreezeWhoseEndNobodySawIsEndedAllTheSame() throws InterruptedException {
    host.answerToFreeze = new CommandResult.Cut("", "connection reset");
    DrillReport report = run();
    assertThat(host.orders).containsExactly("RUNNER for 25 s", "thaw");
    assertThat(report.left()).isEqualTo("the freeze is over");
  }

  @Test
  void aFreezeThatWasBrokenOffIsNotCalledNothing() throws InterruptedException {
    host.answerToFreeze = new CommandResult.Exited(1, "Job failed because a timeout was exceeded.");
    host.answerToThaw = new CommandResult.NotStarted("no route to host");
    assertThat(run().left()).startsWith("the timer on its host ends the freeze");
  }

  @Test
  void aFreezeThatCannotBeEndedFromHereIsLeftToTheTimer() throws InterruptedException {
    host.answerToThaw = new CommandResult.NotStarted("no route to host");
    host.whenFrozen = () -> host.api.answer("/api/generate", 503, "");
    DrillReport report = run();
    assertThat(report.left())
        .startsWith(
            "the timer on its host ends the freeze, because this program could not (no"
                + " route to host), and no model answers yet");
  }

  @Test
  void aDrillThatIsInterruptedEndsTheFreezeAndIsCountedAsFailed() throws InterruptedException {
    Drill drill = drill(false, "gpu-01");
    host.whenFrozen = Thread.currentThread()::interrupt;
    try {
      drill.run();
      throw new AssertionError("the interruption was swallowed");
    } catch (InterruptedException e) {
      DrillReport report = drill.abort();
      assertThat(report.left()).isEqualTo("the freeze is over");
      assertThat(report.ending()).isEqualTo(DrillReport.Ending.FAILED);
      assertThat(report.verdict()).isEqualTo("it was interrupted");
    }
    assertThat(host.orders).containsExactly("RUNNER for 25 s", "thaw");
    assertThat(drills("drills[0].verdict")).isEqualTo("it was interrupted");
    assertThat(drill.abort().refused()).as("it is over").isTrue();
  }

  @Test
  void aDrillThatIsInterruptedWhileItWaitsForAnAnswerIsCountedAsFailed() {
    Drill drill = drill(false, "gpu-01");
    host.whenThawed = Thread.currentThread()::interrupt;
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(drill::run);
    host.whenThawed = () -> {};
    assertThatCode(() -> assertThat(drill.abort().left()).isEqualTo("nothing is frozen"))
        .doesNotThrowAnyException();
    assertThat(drills("drills[0].verdict")).isEqualTo("it was interrupted");
  }

  @Test
  void aFaultOfThisProgramEndsTheFreezeAndIsToldToTheReceiver() {
    host.whenFrozen = () -> host.faulty = true;
    assertThatIllegalStateException().isThrownBy(this::run);
    assertThat(host.orders).containsExactly("RUNNER for 25 s", "thaw");
    assertThat(drills("drills[0].passed")).isEqualTo("false");
  }

  @Test
  void whereTheRestartIsNotSeenTheReceiverIsAskedAboutItNotTheExporter()
      throws InterruptedException {
    host.whenFrozen =
        () -> {
          receiver.restarter().hold();
          deliver();
          await().until(() -> attempts() == 1);
        };
    DrillReport report = run();
    receiver.restarter().release();
    assertThat(report.verdict())
        .isEqualTo("restart was not seen within 20 s: attempt 1 is not over");
    assertThat(report.mend()).contains("journalctl -u selfheal.service");
  }
}
