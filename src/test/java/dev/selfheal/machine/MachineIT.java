package dev.selfheal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.SshKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tests on a machine are worth: it is a real systemd, and nothing of it is left. */
@Timeout(90)
class MachineIT {
  private static final String UNIT =
      """
      [Service]
      ExecStart=/bin/sh -c 'echo at work; exec sleep infinity'
      Restart=on-failure
      RestartSec=100ms
      [Install]
      WantedBy=multi-user.target
      """;

  private static final String RULE =
      """
      polkit.addRule(function (action, subject) {
        if (action.id == "org.freedesktop.systemd1.manage-units"
            && subject.user == "healer"
            && action.lookup("unit") == "worker.service"
            && action.lookup("verb") == "try-restart") {
          return polkit.Result.YES;
        }
      });
      """;

  @RegisterExtension final RealPrograms programs = new RealPrograms();
  @TempDir private Path folder;

  @BeforeAll
  static void theDebianIsThere() {
    Lan.prepare();
  }

  @Test
  void systemdStartsWhatIsEnabledAndWhatFailed() {
    Machine machine = booted();
    enabled(machine, "worker");
    String pid = machine.property("worker", "MainPID");
    machine.run("kill", "-KILL", pid).output();
    await().until(() -> !Set.of("0", pid).contains(machine.property("worker", "MainPID")));
    await().until(() -> machine.property("worker", "ActiveState").equals("active"));
    assertThat(machine.property("worker", "NRestarts")).isEqualTo("1");
    await()
        .untilAsserted(
            () -> assertThat(journal(machine)).containsSubsequence("at work", "at work"));
  }

  @Test
  void polkitLetsAnOrdinaryUserRestartOneUnitAndDoNothingElse() {
    Machine machine = booted();
    machine.run("useradd", "--system", "healer").output();
    machine.write("/etc/polkit-1/rules.d/50-healer.rules", RULE);
    enabled(machine, "worker");
    enabled(machine, "other");
    String worker = machine.property("worker", "MainPID");
    String other = machine.property("other", "MainPID");
    assertThat(healer(machine, "try-restart", "worker").exitCode()).isZero();
    assertThat(machine.property("worker", "MainPID")).isNotEqualTo(worker);
    assertThat(healer(machine, "try-restart", "other").err())
        .contains("Interactive authentication required");
    assertThat(healer(machine, "stop", "worker").err())
        .contains("Interactive authentication required");
    assertThat(machine.property("other", "MainPID")).isEqualTo(other);
  }

  /** What `selfheal verify` and the host agent's `may-restart` rest on. */
  @Test
  void systemdTellsWhoMayRestartAUnitWithoutRestartingIt() {
    Machine machine = booted();
    machine.run("useradd", "--system", "healer").output();
    machine.write("/etc/polkit-1/rules.d/50-healer.rules", RULE);
    enabled(machine, "worker");
    enabled(machine, "other");
    String worker = machine.property("worker", "InvocationID");
    String other = machine.property("other", "InvocationID");
    assertThat(mayRestart(machine, "worker").err()).contains("only valid for stop");
    assertThat(mayRestart(machine, "other").err()).contains("Interactive authentication required");
    machine.run("rm", "/etc/polkit-1/rules.d/50-healer.rules").output();
    await()
        .untilAsserted(
            () ->
                assertThat(mayRestart(machine, "worker").err())
                    .contains("Interactive authentication required"));
    assertThat(machine.property("worker", "InvocationID")).isEqualTo(worker);
    assertThat(machine.property("other", "InvocationID")).isEqualTo(other);
  }

  private static Ran mayRestart(Machine machine, String unit) {
    return machine.run(
        "runuser",
        "-u",
        "healer",
        "--",
        "systemctl",
        "--no-ask-password",
        "try-restart",
        "--job-mode=triggering",
        "--",
        unit + ".service");
  }

  @Test
  void aRebootKeepsFilesAndWhatIsEnabled() {
    Machine machine = booted();
    enabled(machine, "worker");
    machine.write("/var/lib/note", "before\n");
    String boot = machine.read("/proc/sys/kernel/random/boot_id");
    machine.reboot();
    assertThat(machine.read("/proc/sys/kernel/random/boot_id")).isNotEqualTo(boot);
    assertThat(machine.read("/var/lib/note")).isEqualTo("before\n");
    assertThat(machine.property("worker", "ActiveState")).isEqualTo("active");
    assertThat(machine.run("journalctl", "--boot=-1", "-u", "worker").output()).contains("at work");
  }

  @Test
  void machinesReachEachOtherByNameOverSsh() {
    Lan lan = programs.add(new Lan());
    Machine receiver = programs.add(lan.boot("receiver"));
    Machine gpu = programs.add(lan.boot("gpu-01"));
    Path key = SshKeys.make(folder.resolve("key"), "ed25519", "");
    gpu.write("/root/.ssh/authorized_keys", SshKeys.publicKey(key) + "\n");
    gpu.run("ssh-keygen", "-A").output();
    gpu.run("systemctl", "enable", "--now", "ssh").output();
    receiver.copyIn(key, "/root/.ssh/id");
    receiver.run("chmod", "600", "/root/.ssh/id").output();
    String hostKey = gpu.read("/etc/ssh/ssh_host_ed25519_key.pub");
    receiver.write("/root/.ssh/known_hosts", "gpu-01," + gpu.address() + " " + hostKey);
    assertThat(ssh(receiver, "gpu-01", "hostname").output()).isEqualTo("gpu-01");
    assertThat(ssh(receiver, gpu.address(), "getent hosts receiver").output())
        .startsWith(receiver.address());
  }

  @Test
  void debiansServicesOfPrometheusServeTheNetworkOnceEnabled() {
    Lan lan = programs.add(new Lan());
    Machine machine = programs.add(lan.boot("monitor"));
    assertThat(lan.run("curl", "-s", "http://" + machine.address() + ":9100/").exitCode())
        .isEqualTo(7); // nobody listens
    machine
        .run(
            "systemctl",
            "enable",
            "--now",
            "prometheus",
            "prometheus-alertmanager",
            "prometheus-node-exporter")
        .output();
    for (String path : new String[] {":9090/-/ready", ":9093/-/ready", ":9100/metrics"}) {
      String url = "http://" + machine.address() + path;
      await(path).until(() -> lan.run("curl", "-sf", url).exitCode() == 0);
    }
  }

  @Test
  void aCommandMayNotDoMoreThanSystemdInTheMachineSuchAsSetTheHostsClock() {
    Machine machine = booted();
    assertThat(machine.run("grep", "CapBnd", "/proc/self/status").output())
        .isEqualTo(machine.run("grep", "CapBnd", "/proc/1/status").output());
  }

  @Test
  void aCommandThatTakesTooLongIsEndedAndFailsTheTest() {
    Machine machine = booted();
    assertThatThrownBy(() -> machine.run(Duration.ofSeconds(1), "sleep", "4711"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("`sleep 4711`")
        .hasMessageContaining("took longer than PT1S");
    assertThat(machine.run("pgrep", "-x", "sleep").exitCode()).isEqualTo(1);
  }

  @Test
  void machinesThatAreClosedLeaveNothing() {
    Lan lan = programs.add(new Lan());
    Machine crashed = lan.boot("crashed");
    Machine stopped = lan.boot("stopped");
    Traces traces = Traces.of(ProcessHandle.current());
    assertThat(traces.processes()).hasSizeGreaterThan(10);
    assertThat(traces.namespaces()).hasSizeGreaterThan(10);
    assertThat(traces.cgroups()).isNotEmpty();
    stopped.powerOff();
    assertThat(stopped.isOn()).isFalse();
    assertThat(stopped.log()).contains("Reached target poweroff.target");
    assertThatThrownBy(() -> stopped.run("true")).hasMessageContaining("The machine is off");
    assertThatThrownBy(stopped::reboot).hasMessageContaining("The machine is off");
    assertThat(crashed.isOn()).isTrue();
    lan.close();
    assertThat(traces.left()).isEqualTo(Traces.NONE);
  }

  @Test
  void nothingOutlivesATestThatIsKilledButEmptyControlGroupsUntilTheNextRun() throws Exception {
    try (KilledTest test = new KilledTest()) {
      test.awaitBooted();
      Traces traces = Traces.of(test.jvm());
      assertThat(traces.processes()).hasSizeGreaterThan(5);
      test.kill();
      await().until(() -> traces.left().processes().isEmpty());
      assertThat(traces.left().namespaces()).isEmpty();
      assertThat(traces.left().cgroups()).isEqualTo(traces.cgroups()).isNotEmpty();
      Cgroup.sweep();
      assertThat(traces.left()).isEqualTo(Traces.NONE);
    }
  }

  private Machine booted() {
    return programs.add(programs.add(new Lan()).boot("host"));
  }

  private static void enabled(Machine machine, String unit) {
    machine.write("/etc/systemd/system/" + unit + ".service", UNIT);
    machine.run("systemctl", "enable", "--now", unit).output();
  }

  private static String journal(Machine machine) {
    return machine.run("journalctl", "-u", "worker", "--output=cat").output();
  }

  private static Ran healer(Machine machine, String verb, String unit) {
    return machine.run("runuser", "-u", "healer", "--", "systemctl", verb, unit);
  }

  private static Ran ssh(Machine from, String host, String command) {
    return from.run("ssh", "-o", "BatchMode=yes", "-i", "/root/.ssh/id", host, command);
  }
}
