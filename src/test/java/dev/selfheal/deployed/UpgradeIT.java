package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.testkit.RealPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upgrade changes the program, and nothing that an operator has set or the receiver knows. */
@Timeout(300)
class UpgradeIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RECEIVER = "selfheal.service";
  private static final String CONFIG = "/etc/selfheal/selfheal.yml";
  private static final String OURS =
      """

      # ours: this host's Ollama may be restarted more often
      policy: {budgets: [{max: 5, per: 1h}]}
      recovery: {timeout: 5s}
      """;
  private static final String SECOND =
      """
      exporter:
        textfile: /run/selfheal-exporter-b/ollama.prom
        state: /var/lib/selfheal-exporter-b/state.json
        label: b
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final RealPrograms programs = new RealPrograms();
  private Machine machine;

  @BeforeEach
  void installThePreviousBuild() {
    machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    machine.write("/etc/systemd/system/ollama.service", "[Service]\nExecStart=sleep infinity\n");
    machine.run("systemctl", "start", "ollama").output();
    Deb.install(machine, Deb.previous());
    machine.write("/etc/selfheal/exporter-b.yml", SECOND);
    machine.run("systemctl", "enable", "--now", "selfheal-exporter@b").output();
  }

  @Test
  void anUpgradeAndTheWayBackKeepWhatTheOperatorSetAndWhatTheReceiverKnows() throws IOException {
    assertRuns(Deb.PREVIOUS);
    machine.write(CONFIG, machine.read(CONFIG) + OURS);
    machine.run("systemctl", "reload", RECEIVER).output();
    machine.run("systemctl", "disable", "--now", "selfheal-verify.timer").output();
    machine.run(SOON, "selfheal", "restart", "local", "--wait", "--reason=stuck");
    machine.run("selfheal", "pause", "local", "--reason=new GPU").output();
    String kept = kept();
    assertThat(kept).contains("# ours", "stuck", "not_recovered", "new GPU", "local\",} 4.0");
    assertThat(journal("--unit=selfheal*", "--priority=warning")).contains("paused");
    upgrade(Deb.path());
    assertThat(kept()).isEqualTo(kept);
    assertRuns(version());
    assertThat(version()).isNotEqualTo(Deb.PREVIOUS);
    upgrade(Deb.previous());
    assertThat(kept()).isEqualTo(kept);
    assertRuns(Deb.PREVIOUS);
  }

  /** What somebody has stopped, and not disabled, runs again as with any package of Debian's. */
  @Test
  void whatIsEnabledRunsAfterAnUpgradeThatFailedAndAfterARemovalThatWasCalledOff() {
    Path broken =
        Repacked.in(Deb.previous().resolveSibling("broken"))
            .as("9.9.9")
            .with("preinst", "#!/bin/sh\nexit 1\n")
            .pack();
    machine.copyIn(broken, Deb.THERE);
    machine.run("systemctl", "stop", "selfheal-exporter").output();
    assertThat(machine.run("dpkg", "-i", Deb.THERE).err()).contains("pre-installation script");
    assertActive();
    machine.run("systemctl", "enable", "--now", "selfheal-drill.timer").output();
    machine.run(dpkgScript("prerm"), "remove").output();
    assertThat(machine.property("selfheal-drill.timer", "ActiveState")).isEqualTo("inactive");
    assertThat(machine.run("pgrep", "-x", "java").exitCode()).isNotZero();
    machine.run(dpkgScript("postinst"), "abort-remove").output();
    assertActive();
    assertThat(machine.property("selfheal-drill.timer", "ActiveState")).isEqualTo("active");
    assertThat(version()).isEqualTo(Deb.PREVIOUS);
  }

  private static String dpkgScript(String name) {
    return "/var/lib/dpkg/info/ollama-selfheal." + name;
  }

  /** Installs another build, and sees the services of this one end in good order. */
  private void upgrade(Path build) {
    String position = machine.run("journalctl", "-n1", "-qo", "cat", "--show-cursor").output();
    String since = "--after-cursor=" + position.replaceFirst("(?s).*-- cursor: ", "");
    Deb.install(machine, build);
    assertThat(journal(since, "--unit=selfheal.service"))
        .contains("the receiver has ended", "selfheal.service: Deactivated successfully.")
        .doesNotContain("Exception", "Error");
    assertThat(journal(since, "--unit=selfheal*", "--priority=warning")).isEmpty();
  }

  private String journal(String... which) {
    Stream<String> words = Stream.of("journalctl", "--quiet", "--output=cat");
    return machine.run(Stream.concat(words, Stream.of(which)).toArray(String[]::new)).output();
  }

  /** What an operator has set, and what the receiver knows. */
  private String kept() throws IOException {
    JsonNode status = JSON.readTree(machine.run("selfheal", "status", "--json").output());
    String budget =
        machine
            .run("curl", "-sf", "http://127.0.0.1:9595/metrics")
            .output()
            .lines()
            .filter(line -> line.startsWith("selfheal_restart_budget_remaining{"))
            .collect(Collectors.joining());
    return String.join(
        "\n",
        machine.read(CONFIG),
        machine.read("/etc/selfheal/webhook.token"),
        machine.read("/etc/selfheal/operator.token"),
        machine.run("systemctl", "is-enabled", "selfheal-verify.timer").out(),
        machine.property("selfheal-verify.timer", "ActiveState"),
        status.toPrettyString(),
        budget);
  }

  private void assertRuns(String version) throws IOException {
    assertActive();
    assertThat(machine.run("systemctl", "is-enabled", RECEIVER).output()).isEqualTo("enabled");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(seen("receiver_version", "exporter_version"))
                    .containsExactly(
                        "ok, the installed one: " + version, "ok, the installed one: " + version));
  }

  private void assertActive() {
    for (String unit : List.of(RECEIVER, "selfheal-exporter", "selfheal-exporter@b")) {
      assertThat(machine.property(unit, "ActiveState")).as(unit).isEqualTo("active");
    }
  }

  private String version() {
    return machine.run("selfheal", "--version").output().replaceFirst("selfheal ", "");
  }

  private List<String> seen(String... checks) throws IOException {
    JsonNode verify = JSON.readTree(machine.run("selfheal", "verify", "--json").out());
    return StreamSupport.stream(verify.path("checks").spliterator(), false)
        .filter(check -> List.of(checks).contains(check.path("check").asText()))
        .map(check -> check.path("state").asText() + ", " + check.path("seen").asText())
        .toList();
  }
}
