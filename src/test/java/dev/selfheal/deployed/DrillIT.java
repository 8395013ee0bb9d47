package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code selfheal drill} on a host on which an operator has done what {@code docs/install.md} says,
 * with a quick exporter: the chain whole, and its links broken in turn. {@link TwoHostsIT} has one
 * as shipped.
 */
@Timeout(400)
@TestMethodOrder(OrderAnnotation.class)
class DrillIT {
  private static final Duration DRILL = Duration.ofMinutes(4);

  /** Within which Ollama answers again when a drill's limit is over. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Within which a drill that is told to end has done so. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final String LAST_DRILL =
      "sed 's/^/Authorization: Bearer /' /etc/selfheal/operator.token"
          + " | curl -sf -H @- 'http://127.0.0.1:9595/api/v1/drills?target=local&limit=1'";

  private static final Duration CALM = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Lan lan;
  private static Machine machine;
  private static OllamaUnit ollama;
  private static DeployedHost host;

  @BeforeAll
  static void deploy() {
    lan = new Lan();
    machine = lan.boot("gpu-01");
    ollama = OllamaUnit.install(machine);
    host = new DeployedHost(machine);
    host.follow(new OperatorsPage("One host"));
    quicken();
  }

  @AfterAll
  static void end() {
    lan.close();
  }

  /** The exporter watches for a minute before it says that no request is in flight. */
  @Test
  @Order(1)
  void aDrillPassesIsMarkedAndIsCounted() {
    String before = ollama.pid();
    Ran ran =
        await("nothing stands in its way")
            .atMost(DRILL)
            .until(
                () -> machine.run(DRILL, "selfheal", "drill", "local"),
                drill -> !drill.out().contains("refused: "));
    assertThat(ran.exitCode()).as("%s", ran).isZero();
    assertThat(ran.out())
        .contains("frozen", "evidence", "rule", "alert", "webhook", "decision", "restart", "proof")
        .contains("passed: local: healed in ");
    assertThat(ollama.pid()).isNotEqualTo(before);
    JsonNode attempt = host.attempts("recovered").get(0);
    assertThat(attempt.path("drill").asLong()).isEqualTo(1);
    assertThat(host.type("curl -sf http://127.0.0.1:9595/metrics"))
        .contains("selfheal_drill_success{target=\"local\",} 1.0");
    assertThat(machine.property("selfheal-thaw@ollama.timer", "ActiveState")).isEqualTo("inactive");
  }

  @Test
  @Order(2)
  void theReceiversOwnUserNeedsTheOptInFile() {
    Ran refused = drill("--within=20s", "--force", "--json");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(report(refused).path("refused").asBoolean()).as("%s", refused).isTrue();
    assertThat(report(refused).path("mend").asText())
        .contains("/usr/share/doc/ollama-selfheal/examples/61-ollama-selfheal-drill.rules");
    host.type(
        "install -m 644 /usr/share/doc/ollama-selfheal/examples/61-ollama-selfheal-drill.rules"
            + " /etc/polkit-1/rules.d/");
    await("polkit has read it").until(() -> allowed("start", "selfheal-thaw@ollama.service"));
  }

  /** The file's own pattern decides; systemd takes such names, and polkit is asked. */
  @ParameterizedTest
  @Order(3)
  @CsvSource({
    "start, selfheal-freeze@runner-10-ssh.service",
    "start, selfheal-freeze@runner-10-ollama@x.service",
    "start, selfheal-freeze@runner-10-x-ollama.service",
    "start, selfheal-freeze@runner-00010-ollama.service",
    "start, selfheal-freeze@disk-10-ollama.service",
    "start, selfheal-thaw@ssh.service",
    "start, 'selfheal-thaw@ollama\\x0a.service'",
    "start, ollama-selfheal-thaw@ollama.service",
    "start, ssh.service",
    "start, selfheal-thaw@ollama.timer",
    "restart, selfheal-freeze@runner-10-ollama.service"
  })
  void theOptInFileAllowsNothingElse(String verb, String unit) {
    assertThat(allowed(verb, unit)).isFalse();
  }

  /** Asks as the receiver's user for what systemd never does, once it has asked polkit. */
  private static boolean allowed(String verb, String unit) {
    Ran ran =
        machine.run(
            "runuser",
            "-u",
            "selfheal",
            "--",
            "systemctl",
            "--no-ask-password",
            verb,
            "--job-mode=triggering",
            "--",
            unit);
    assertThat(ran.err()).matches("(?s).*(authentication required|only valid for stop).*");
    return ran.err().contains("only valid for stop");
  }

  @ParameterizedTest
  @Order(4)
  @CsvSource({
    "selfheal-exporter.service, evidence, runner, 15",
    "prometheus.service, rule, serve, 20",
    "prometheus-alertmanager.service, alert, runner, 30"
  })
  void aDrillNamesTheLinkThatIsBrokenAndLeavesOllamaAnswering(
      String unit, String stage, String what, int within) {
    calm();
    stop(unit);
    try {
      Instant began = Clock.systemUTC().instant();
      Ran ran = drill("--what=" + what, "--within=" + within + "s", "--force", "--json");
      assertThat(ran.exitCode()).as("%s", ran).isEqualTo(1);
      assertThat(report(ran).path("verdict").asText()).as("%s", ran).startsWith(stage + " was not");
      assertThat(report(ran).path("mend").asText()).contains("systemctl status");
      assertThat(report(ran).path("left").asText()).endsWith("answers");
      assertThat(Duration.between(began, Clock.systemUTC().instant()))
          .isLessThan(SOON.plusSeconds(within));
    } finally {
      machine.run("systemctl", "start", unit).output();
    }
  }

  @Test
  @Order(5)
  void aDrillWhoseReceiverEndsSaysSoAndLeavesOllamaAnswering() {
    calm();
    CompletableFuture<Ran> drill =
        CompletableFuture.supplyAsync(() -> drill("--within=30s", "--force", "--json"));
    await("it is frozen").atMost(CALM).until(DrillIT::isFrozen);
    Instant frozen = Clock.systemUTC().instant();
    stop("selfheal.service");
    try {
      await("it answers").atMost(SOON.plusSeconds(30)).until(DrillIT::isWell);
      assertThat(Duration.between(frozen, Clock.systemUTC().instant()))
          .isLessThan(SOON.plusSeconds(30));
      Ran alone = drill.orTimeout(3, TimeUnit.MINUTES).join();
      assertThat(report(alone).path("verdict").asText())
          .as("%s", alone)
          .contains(" was not seen within 30 s: the receiver does not answer");
      assertThat(report(alone).path("left").asText()).contains(" answers; ");
      Ran refused = drill("--json");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(report(refused).path("verdict").asText()).startsWith("no receiver answers at ");
    } finally {
      machine.run("systemctl", "start", "selfheal.service").output();
    }
  }

  private static void stop(String unit) {
    machine.run("systemctl", "stop", unit).output();
  }

  /** It leaves the target paused for the next one: nobody heals what these two leave. */
  @Test
  @Order(6)
  void aDrillThatIsToldToEndEndsTheFreezeAndIsCountedAsFailed() {
    machine.run("selfheal", "pause", "local").output();
    drillAs("ended", "--within=5m", "--json");
    String[] kill = {"systemctl", "kill", "--kill-whom=main", "--signal=TERM", "ended.service"};
    machine.run(kill).output();
    await("nothing is frozen").atMost(AT_ONCE).until(() -> !isFrozen());
    await("it has ended")
        .atMost(AT_ONCE)
        .until(() -> machine.property("ended.service", "MainPID").equals("0"));
    assertThat(machine.property("ended.service", "ExecMainStatus")).isEqualTo("143");
    JsonNode report = json(host.type("journalctl -u ended.service -o cat | sed -n '/^{/,/^}/p'"));
    assertThat(report.path("verdict").asText()).as("%s", report).isEqualTo("it was interrupted");
    assertThat(report.path("passed").asBoolean(true)).isFalse();
    assertThat(report.path("refused").asBoolean(true)).isFalse();
    assertThat(report.path("left").asText()).isEqualTo("the freeze is over");
    JsonNode drill = json(host.type(LAST_DRILL)).path("drills").path(0);
    assertThat(drill.path("passed").asBoolean(true)).as("%s", drill).isFalse();
    assertThat(drill.path("verdict").asText()).isEqualTo("it was interrupted");
    await("it answers").atMost(SOON).until(DrillIT::isWell);
  }

  @Test
  @Order(7)
  void aDrillThatIsKilledLeavesNothingFrozen() {
    machine.run("selfheal", "pause", "local").output();
    drillAs("killed", "--within=15s");
    machine.run("systemctl", "kill", "--signal=KILL", "killed.service").output();
    assertThat(isFrozen()).isTrue();
    await("it answers").atMost(SOON.plusSeconds(15)).until(DrillIT::isWell);
    machine.run("selfheal", "resume", "local").output();
  }

  /** Begins a drill in a unit of its own, and waits until it has frozen Ollama. */
  private static void drillAs(String unit, String... options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("systemd-run", "--unit=" + unit, "--uid=selfheal"));
    words.addAll(List.of("selfheal", "drill", "local", "--force"));
    words.addAll(List.of(options));
    machine.run(words.toArray(String[]::new)).output();
    await("it is frozen").atMost(CALM).until(DrillIT::isFrozen);
  }

  private static boolean isFrozen() {
    return machine.run("sh", "-c", "ps -o stat= -u ollama | grep -q T").exitCode() == 0;
  }

  private static boolean isWell() {
    return !isFrozen() && answers();
  }

  private static boolean answers() {
    String question = "{\"model\":\"tiny\",\"prompt\":\"hi\",\"options\":{\"num_predict\":1}}";
    return machine
            .run("curl", "-sf", "-m", "10", "-d", question, "http://127.0.0.1:11434/api/generate")
            .exitCode()
        == 0;
  }

  /** A host whose exporter is quick: what is judged here is not how long a stall may last. */
  private static void quicken() {
    host.type(
        "printf 'exporter: {interval: 1s, thresholds: {stopped: 5s, api_dead: 5s}}\\n' >> /etc/selfheal/selfheal.yml");
    host.type("systemctl restart selfheal-exporter.service");
  }

  /**
   * What is left of the drill before this one goes, also from the exporter's memory: it believes no
   * freeze of a runner that was calm less than half a minute ago, and was frozen before that.
   */
  private static void calm() {
    await("the last incident is over").atMost(CALM).until(() -> host.incidents().isEmpty());
    machine.run("systemctl", "restart", "selfheal-exporter.service").output();
  }

  private static Ran drill(String... options) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("runuser", "-u", "selfheal", "--", "selfheal", "drill", "local"));
    words.addAll(List.of(options));
    return machine.run(DRILL, words.toArray(String[]::new));
  }

  private static JsonNode report(Ran ran) {
    return json(ran.out());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
