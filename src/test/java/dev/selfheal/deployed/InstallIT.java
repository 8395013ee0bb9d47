package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import dev.selfheal.testkit.RealPrograms;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One step installs it, and installed means running; a purge leaves nothing. */
@Timeout(300)
class InstallIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension final RealPrograms programs = new RealPrograms();
  private Machine machine;

  @BeforeEach
  void boot() {
    machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
  }

  @Test
  void whatIsInstalledRunsAndIsEnabledAlsoAfterARebootAndAnUpgradeKeepsWhatItKnows() {
    Deb.install(machine);
    assertRuns();
    Ran verify =
        machine.run("sh", "-c", "systemd-analyze --man=no verify /lib/systemd/system/selfheal*");
    assertThat(verify.out() + verify.err()).isEmpty();
    machine.run("selfheal", "pause", "local", "--reason=held").output();
    machine.reboot();
    assertRuns();
    String before = machine.property("selfheal.service", "MainPID");
    Deb.apt(machine, "install", "--reinstall", Deb.THERE);
    assertRuns();
    assertThat(machine.property("selfheal.service", "MainPID")).isNotEqualTo(before);
    assertThat(machine.run("selfheal", "status").out()).contains("paused", "held");
  }

  @Test
  void theReceiversUserMayRestartOneUnitAndReadTheSecretsAndNobodyElseMay() {
    machine.write("/etc/systemd/system/ollama.service", "[Service]\nExecStart=sleep infinity\n");
    machine.write("/etc/systemd/system/other.service", "[Service]\nExecStart=sleep infinity\n");
    Deb.install(machine);
    machine.run("systemctl", "start", "ollama", "other").output();
    String before = machine.property("ollama.service", "MainPID");
    systemctl("selfheal", "reset-failed", "ollama").output();
    systemctl("selfheal", "try-restart", "ollama").output();
    assertThat(machine.property("ollama.service", "MainPID")).isNotEqualTo(before);
    for (String verb : List.of("stop", "restart", "start", "kill")) {
      assertThat(systemctl("selfheal", verb, "ollama").exitCode()).as(verb).isNotZero();
    }
    assertThat(systemctl("selfheal", "try-restart", "other").exitCode()).isNotZero();
    assertThat(systemctl("selfheal-exporter", "try-restart", "ollama").exitCode()).isNotZero();
    assertThat(readers("webhook.token"))
        .containsExactly("selfheal", "selfheal-exporter", "prometheus");
    assertThat(readers("operator.token")).containsExactly("selfheal");
  }

  private Ran systemctl(String user, String verb, String unit) {
    return machine.run(
        "runuser", "-u", user, "--", "systemctl", "--no-ask-password", verb, unit + ".service");
  }

  private List<String> readers(String secret) {
    return Stream.of("selfheal", "selfheal-exporter", "prometheus", "nobody")
        .filter(
            user ->
                machine
                        .run("runuser", "-u", user, "--", "test", "-r", "/etc/selfheal/" + secret)
                        .exitCode()
                    == 0)
        .toList();
  }

  @Test
  void aFrozenReceiverAndAFrozenExporterAreRestartedByTheirWatchdogs() {
    Deb.install(machine);
    for (String unit : List.of("selfheal.service", "selfheal-exporter.service")) {
      machine.write(
          "/etc/systemd/system/" + unit + ".d/impatient.conf", "[Service]\nWatchdogSec=15\n");
    }
    machine.run("systemctl", "daemon-reload").output();
    machine.run("systemctl", "restart", "selfheal", "selfheal-exporter").output();
    for (String unit : List.of("selfheal.service", "selfheal-exporter.service")) {
      String frozen = machine.property(unit, "MainPID");
      machine.run("kill", "-STOP", frozen).output();
      await(unit)
          .atMost(SOON)
          .until(
              () ->
                  machine.property(unit, "NRestarts").equals("1")
                      && machine.property(unit, "ActiveState").equals("active"));
      assertThat(machine.property(unit, "MainPID")).isNotEqualTo(frozen);
    }
    assertRuns();
  }

  @Test
  void removingStopsItAndAPurgeLeavesNothing() {
    String before = found();
    Deb.install(machine);
    assertThat(found()).isNotEqualTo(before);
    machine.run("systemctl", "enable", "selfheal-drill.timer").output();
    machine.run("rm", Deb.THERE).output();
    Deb.apt(machine, "remove", "ollama-selfheal");
    assertThat(machine.run("pgrep", "-x", "java").exitCode()).isNotZero();
    assertThat(machine.run("test", "-f", "/var/lib/selfheal/ledger.db").exitCode()).isZero();
    assertThat(machine.run("systemctl", "is-enabled", "selfheal-drill.timer").out())
        .doesNotContain("enabled");
    Deb.apt(machine, "purge", "ollama-selfheal");
    assertThat(found()).isEqualTo(before);
  }

  /** Everything of its name, and its users and groups. */
  private String found() {
    return machine
        .run(
            "sh",
            "-c",
            "find / -xdev -name '*selfheal*' -not -path '/var/lib/dpkg/*' -not -path '/var/log/*'"
                + " -not -path '/var/lib/systemd/deb-systemd-*' | sort; ls /var/lib/prometheus/*;"
                + " find /run -name '*selfheal*' | sort; grep -h selfheal /etc/passwd /etc/group")
        .out();
  }

  private void assertRuns() {
    for (String unit : Deb.UNITS) {
      await(unit)
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(machine.property(unit, "ActiveState")).isEqualTo("active"));
      assertThat(machine.run("systemctl", "is-enabled", unit).output()).isEqualTo("enabled");
    }
    assertStartedFromItsArchive("selfheal.service", "serve.jsa");
    assertStartedFromItsArchive("selfheal-exporter.service", "exporter.jsa");
    assertThat(machine.run("curl", "-sf", "http://127.0.0.1:9595/-/ready").output())
        .isEqualTo("ready");
    await("a page")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(machine.read("/var/lib/prometheus/node-exporter/ollama.prom"))
                    .contains("selfheal_exporter_last_run_timestamp_seconds"));
  }

  private void assertStartedFromItsArchive(String unit, String archive) {
    String maps = machine.read("/proc/" + machine.property(unit, "MainPID") + "/maps");
    assertThat(maps).contains("/var/cache/ollama-selfheal/" + archive);
  }
}
