package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A freeze that a restart does not cure, on a machine with a real systemd and polkit. */
@Timeout(180)
class LadderIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final Path AGENT = Path.of("src/main/resources/dev/selfheal/action/host-agent");
  private static final OperatorsPage PAGE = new OperatorsPage("docs/remediation.md", "The ladder");

  /** All that takes long as shipped takes seconds; the exporter is not needed to tell it. */
  private static final String CONFIGURATION =
      """
      auth:
        webhook_token_file: /etc/selfheal/webhook.token
        operator_token_file: /etc/selfheal/operator.token
      policy: {cooldown: 2s, budgets: [{max: 9, per: 1h}]}
      recovery: {recheck: 1s, timeout: 8s, load_timeout: 1s}
      exporter: {unit: ollama.service}
      targets:
        - name: local
          match: {instance: "gpu-01:9100"}
          unit: ollama.service
          textfile: /run/none.prom
          ladder: [kill%s]
      """;

  private static final String WITH_COMMAND =
      ", {command: [systemctl, --no-ask-password, start, selfheal-ladder.service]}";

  /**
   * A runner that outlives its server and holds the GPU, as one does that hangs in its driver: the
   * server that is started beside it waits for the GPU, and answers nobody.
   */
  private static final String HELD =
      """
      [Service]
      KillMode=process
      ExecStart=
      ExecStart=/bin/sh -c 'flock -n /usr/share/ollama/gpu.lock true || exec sleep infinity; \\
        [ ! -e /usr/share/ollama/hang ] || flock /usr/share/ollama/gpu.lock sleep infinity & exec %s'
      """;

  private static Lan lan;
  private static Machine machine;
  private static DeployedHost host;

  @BeforeAll
  static void boot() {
    lan = new Lan();
    machine = lan.boot("gpu-01");
    host = new DeployedHost(machine);
  }

  @AfterAll
  static void end() {
    lan.close();
  }

  @Test
  void aRunnerThatOutlivesTheRestartIsKilledOnceAnOperatorHasAllowedIt() {
    OllamaUnit ollama = OllamaUnit.install(machine);
    machine.write("/etc/selfheal/selfheal.yml", CONFIGURATION.formatted(""));
    host.bring(Deb.path());
    host.type("apt-get -q -y -o Dpkg::Options::=--force-confold install ./ollama-selfheal_*.deb");
    host.type("systemctl disable --now selfheal-exporter.service selfheal-verify.timer");
    hang(ollama);

    JsonNode before = ladderRight();
    assertThat(before.path("state").asText()).isEqualTo("failed");
    assertThat(before.path("mend").asText()).contains("62-ollama-selfheal-kill.rules");
    alert("firing", 1);
    JsonNode denied = attempt("failed");
    assertThat(denied.path("action").asText()).isEqualTo("kill");
    assertThat(denied.path("reason").asText()).isEqualTo("right_missing");
    assertThat(denied.path("report").asText()).contains("examples/62-ollama-selfheal-kill.rules");
    assertThat(attempt("not_recovered").path("action").asText()).isEqualTo("restart");
    alert("resolved", 1);

    String allow = PAGE.commands("# ").get(0);
    assertThat(allow).contains("62-ollama-selfheal-kill.rules");
    host.type(allow);
    await().atMost(SOON).until(() -> host.incidents().isEmpty());
    alert("firing", 2);
    JsonNode killed = attempt("recovered");
    assertThat(killed.path("action").asText()).isEqualTo("kill");
    assertThat(killed.path("report").asText()).contains("systemctl kill -s KILL ollama.service");
    ollama.awaitAnswer();

    theCommandIsAUnitOfThisHost(ollama);
  }

  /** Each further command of the page, in its order. */
  private void theCommandIsAUnitOfThisHost(OllamaUnit ollama) {
    machine.write("/etc/selfheal/selfheal.yml", CONFIGURATION.formatted(WITH_COMMAND));
    machine.write("/usr/sbin/modprobe", "#!/bin/sh\necho \"$@\" >>/run/modprobe\n");
    machine.run("chmod", "755", "/usr/sbin/modprobe").output();
    PAGE.commands("# ").stream().skip(1).forEach(host::type);
    await().atMost(SOON).until(() -> ladderRight().path("state").asText().equals("ok"));
    String before = ollama.pid();
    assertThat(selfheal("start", "selfheal-ladder.service").exitCode()).isZero();
    assertThat(machine.read("/run/modprobe")).isEqualTo("-r nvidia_uvm\nnvidia_uvm\n");
    assertThat(ollama.pid()).isNotEqualTo(before);
    assertThat(selfheal("stop", "selfheal-ladder.service").exitCode()).isNotZero();
    assertThat(selfheal("stop", OllamaUnit.NAME).exitCode()).isNotZero();
    assertThat(selfheal("kill", "selfheal.service").exitCode()).isNotZero();
  }

  private Ran selfheal(String verb, String unit) {
    return machine.run(
        "runuser", "-u", "selfheal", "--", "systemctl", "--no-ask-password", verb, unit);
  }

  private void hang(OllamaUnit ollama) {
    String start = machine.read("/etc/systemd/system/" + OllamaUnit.NAME);
    String command =
        start.substring(start.indexOf("ExecStart=") + 10, start.indexOf("User=")).strip();
    machine.write(
        "/etc/systemd/system/ollama.service.d/held.conf",
        HELD.formatted(command.replace("\\\n", "")));
    machine
        .run("runuser", "-u", "ollama", "--", "touch", "/usr/share/ollama/hang", GPU_LOCK)
        .output();
    machine.run("systemctl", "daemon-reload").output();
    machine.run("systemctl", "restart", OllamaUnit.NAME).output();
    ollama.awaitAnswer();
    machine.run("rm", "/usr/share/ollama/hang").output();
  }

  private static final String GPU_LOCK = "/usr/share/ollama/gpu.lock";

  private void alert(String status, int number) {
    String ends = status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-11-01T00:09:00Z";
    String alert =
        """
        {"version":"4","groupKey":"g","status":"%1$s","receiver":"selfheal","groupLabels":{},
        "commonLabels":{},"commonAnnotations":{},"externalURL":"","truncatedAlerts":0,
        "alerts":[{"status":"%1$s","labels":{"alertname":"OllamaFrozen","instance":"gpu-01:9100"},
        "annotations":{},"startsAt":"2026-11-01T00:0%2$d:00Z","endsAt":"%3$s",
        "generatorURL":"","fingerprint":"00000000000000aa"}]}
        """
            .formatted(status, number, ends);
    machine.write("/root/alert.json", alert);
    host.type(
        "curl -sSf -H 'Content-Type: application/json' -H \"Authorization: Bearer $(cat"
            + " /etc/selfheal/webhook.token)\" -d @alert.json"
            + " http://127.0.0.1:9595/webhook/alertmanager");
  }

  /** The newest attempt with this outcome, when there is one. */
  private JsonNode attempt(String outcome) {
    await(outcome).atMost(SOON).until(() -> !host.attempts(outcome).isEmpty());
    return host.attempts(outcome).get(0);
  }

  private JsonNode ladderRight() {
    for (JsonNode check : host.verify().checks()) {
      if (check.path("check").asText().equals("ladder_right")) {
        return check;
      }
    }
    throw new AssertionError("verify has no ladder_right");
  }

  /** What the agent knows from systemd's jobs, and what its questions and its kill leave alone. */
  @Test
  void theAgentTellsAStopThatHangsInARestartFromOneThatSomebodyWants() {
    machine.copyIn(AGENT, "/root/host-agent");
    machine.write(
        "/etc/systemd/system/stuck.service",
        """
        [Service]
        ExecStart=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'
        TimeoutStopSec=infinity
        Restart=no
        """);
    machine.run("systemctl", "start", "stuck").output();
    String untouched = machine.property("stuck", "InvocationID");
    assertThat(agent("may-kill").err()).contains("No control process", "only valid for stop");
    assertThat(machine.property("stuck", "InvocationID")).isEqualTo(untouched);

    machine.run("systemctl", "--no-block", "try-restart", "stuck").output();
    await().until(() -> agent("status").out().contains("\nJobType=restart\n"));
    agent("kill").output();
    assertThat(machine.property("stuck", "ActiveState")).isEqualTo("active");
    assertThat(machine.property("stuck", "InvocationID")).isNotEqualTo(untouched);

    String before = machine.property("stuck", "MainPID");
    agent("kill").output();
    assertThat(List.of("0", before)).doesNotContain(machine.property("stuck", "MainPID"));

    theUnitComesBackThoughTheAgentDies();
    aStopThatComesInBetweenWins();
    machine.run("systemctl", "start", "stuck").output();
    machine.run("systemctl", "--no-block", "stop", "stuck").output();
    await().until(() -> agent("status").out().contains("\nJobType=stop\n"));
    assertThat(agent("kill").exitCode()).isEqualTo(75);
    assertThat(machine.property("stuck", "ActiveState")).isEqualTo("deactivating");
    machine.run("systemctl", "kill", "-s", "KILL", "stuck").output();
    assertThat(agent("kill").exitCode()).isEqualTo(75);
  }

  /** The real systemctl, with something else done right before the kill, or after it. */
  private void aroundTheKill(String before, String after) {
    machine.write(
        "/root/bin/systemctl",
        """
        #!/bin/sh
        case "$*" in *"kill -s KILL"*) ;; *) exec /usr/bin/systemctl "$@" ;; esac
        %s
        /usr/bin/systemctl "$@"
        status=$?
        %s
        exit $status
        """
            .formatted(before, after));
    machine.run("chmod", "755", "/root/bin/systemctl").output();
  }

  private void theUnitComesBackThoughTheAgentDies() {
    String before = machine.property("stuck", "MainPID");
    aroundTheKill(":", "kill -KILL $PPID");
    assertThat(agent("kill").exitCode()).isNotZero();
    await().until(() -> machine.property("stuck", "SubState").equals("running"));
    assertThat(List.of("0", before)).doesNotContain(machine.property("stuck", "MainPID"));
  }

  private void aStopThatComesInBetweenWins() {
    aroundTheKill("/usr/bin/systemctl --no-block stop stuck", ":");
    Ran stopped = agent("kill");
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.err()).contains("was not started");
    assertThat(machine.property("stuck", "ActiveState")).isIn("failed", "inactive");
    aroundTheKill(":", ":");
  }

  private Ran agent(String verb) {
    return machine.run(
        "env",
        "PATH=/root/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "SELFHEAL_UNIT=stuck.service",
        "sh",
        "/root/host-agent",
        verb);
  }
}
