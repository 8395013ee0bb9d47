package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.deployed.DeployedHost.Verified;
import dev.selfheal.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A receiver and a GPU host, deployed as {@code docs/install.md} says. First the chain is proven as
 * shipped; then each link to the other host is broken in turn: exactly that one is named, and what
 * is typed as its mend makes all hold.
 */
@Timeout(420)
@TestMethodOrder(OrderAnnotation.class)
class TwoHostsIT {
  private static final List<String> RUN_ON_THE_RECEIVER =
      List.of(
          "selfheal.service",
          "selfheal-verify.timer",
          "prometheus.service",
          "prometheus-alertmanager.service",
          "prometheus-node-exporter.service");
  private static final List<String> RUN_ON_THE_GPU_HOST =
      List.of(
          "selfheal-exporter.service",
          OllamaUnit.NAME,
          "prometheus-node-exporter.service",
          "ssh.service");
  private static final List<String> REST_ON_THE_RECEIVER = List.of("selfheal-exporter.service");
  private static final List<String> REST_ON_THE_GPU_HOST =
      List.of("selfheal.service", "selfheal-verify.timer");

  private static final String AGENT = "command=\"/usr/lib/selfheal/host-agent\"";
  private static final String AGENT_CONF = "/etc/selfheal/host-agent.conf";
  private static final String POLKIT = "/etc/polkit-1/rules.d/60-ollama-selfheal.rules";
  private static final String PAGE = "/run/selfheal-exporter/ollama.prom";
  private static final String FAKE_TIME =
      "LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 FAKETIME=+1h"
          + " FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1";

  private static Rack rack;

  @BeforeAll
  static void deploy() {
    rack = new Rack();
  }

  @AfterAll
  static void end() {
    if (rack != null) {
      rack.close();
    }
  }

  @Test
  @Order(1)
  void whatTheOperatorsPageSaysHoldsAlsoAfterARebootOfBoth() {
    assertWhole();
    Stream.of(rack.receiver, rack.gpu).parallel().forEach(Machine::reboot);
    rack.ollama.awaitAnswer();
    assertWhole();
  }

  @Test
  @Order(2)
  void aFreezeOnTheOtherHostIsHealedWithoutRoot() {
    String before = rack.ollama.pid();
    rack.ollama.freeze();
    await("it is healed")
        .atMost(Duration.ofSeconds(150))
        .until(() -> rack.host("receiver").attempts("recovered").size() == 1);
    assertThat(rack.ollama.pid()).isNotEqualTo(before);
    assertWhole();
  }

  private static void assertWhole() {
    rack.host("receiver").awaitWhole();
    rack.host("gpu-02").awaitWhole();
    RUN_ON_THE_RECEIVER.forEach(each -> assertUnit(rack.receiver, each, "active", "enabled"));
    RUN_ON_THE_GPU_HOST.forEach(each -> assertUnit(rack.gpu, each, "active", "enabled"));
    REST_ON_THE_RECEIVER.forEach(each -> assertUnit(rack.receiver, each, "inactive", "disabled"));
    REST_ON_THE_GPU_HOST.forEach(each -> assertUnit(rack.gpu, each, "inactive", "disabled"));
  }

  private static void assertUnit(Machine machine, String unit, String active, String enabled) {
    String what = unit + " on " + machine.name();
    assertThat(machine.property(unit, "ActiveState")).as(what).isEqualTo(active);
    assertThat(machine.property(unit, "UnitFileState")).as(what).isEqualTo(enabled);
  }

  private static void assertBroken(Runnable breaks, String link, String mend, Runnable mends) {
    try {
      breakOnly(breaks, link, mend);
    } finally {
      mends.run();
    }
    rack.host("receiver").awaitWhole();
  }

  /** What is broken over there shows in Prometheus a moment later. */
  private static void breakOnly(Runnable breaks, String link, String mend) {
    breaks.run();
    await(link + " is broken")
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              Verified now = rack.host("receiver").verify();
              assertThat(now.broken()).as("%s", now.ran()).containsExactly(link);
              assertThat(now.ran().exitCode()).isEqualTo(1);
              assertThat(now.mend()).contains(mend);
            });
  }

  /** Types a line as root. */
  private static void on(Machine machine, String line) {
    rack.host(machine.name()).type(line);
  }

  @Test
  void aKeyThatTheHostDoesNotKnow() {
    assertBroken(
        () -> on(rack.gpu, "truncate --size=0 " + Rack.KEYS),
        "ssh gpu-02",
        "put the line of " + Rack.KEY + ".pub into authorized_keys of selfheal on gpu-02",
        () -> rack.retype("cat receiver.key"));
  }

  @Test
  void aKeyThatIsGoneAndOneThatRootMadeForItself() {
    String anew = "ssh-keygen -t ed25519 -N '' -f " + Rack.KEY;
    String own = "chown selfheal " + Rack.KEY;
    breakOnly(() -> on(rack.receiver, "rm " + Rack.KEY), "ssh gpu-02", anew + ", " + own);
    assertBroken(
        () -> {
          on(rack.receiver, anew);
          rack.retype("echo ", "scp ", "cat receiver.key");
        },
        "ssh gpu-02",
        own,
        () -> on(rack.receiver, own));
  }

  @Test
  void aHostKeyThatHasChanged() {
    String key = "/etc/ssh/ssh_host_ed25519_key";
    String forget = "ssh-keygen -R 'gpu-02' -f " + Rack.KNOWN_HOSTS;
    String scan = "ssh-keyscan -p 22 gpu-02 >> " + Rack.KNOWN_HOSTS;
    assertBroken(
        () -> {
          on(rack.gpu, "rm " + key + " && ssh-keygen -q -t ed25519 -N '' -f " + key);
          on(rack.gpu, "systemctl restart ssh");
        },
        "ssh gpu-02",
        forget + "; " + scan,
        () -> on(rack.receiver, forget + " && " + scan));
  }

  @Test
  void anSshServerThatIsStopped() {
    String mend = "systemctl enable --now ssh.service";
    assertBroken(
        () -> on(rack.gpu, "systemctl stop ssh.service"),
        "ssh gpu-02",
        mend,
        () -> on(rack.gpu, mend));
  }

  @Test
  void aKeyThatRunsNoHostAgent() {
    assertBroken(
        () -> on(rack.gpu, "sed -i 's#," + AGENT + "##' " + Rack.KEYS),
        "host_agent gpu-02",
        AGENT,
        () -> on(rack.gpu, "sed -i 's#\"127.0.0.1:11434\"#&," + AGENT + "#' " + Rack.KEYS));
  }

  @Test
  void aHostAgentThatActsOnAnotherUnit() {
    assertBroken(
        () -> on(rack.gpu, "sed -i s/^UNIT=.*/UNIT=cron.service/ " + AGENT_CONF),
        "host_agent gpu-02",
        "set UNIT=ollama.service in " + AGENT_CONF + " there",
        () -> on(rack.gpu, "sed -i s/^UNIT=.*/UNIT=ollama.service/ " + AGENT_CONF));
  }

  @Test
  void aPolkitRuleThatIsGone() {
    String mend =
        "apt-get install --reinstall -o Dpkg::Options::=--force-confmiss"
            + " ./ollama-selfheal_*_all.deb";
    assertBroken(
        () -> on(rack.gpu, "rm " + POLKIT), "restart_right gpu-02", mend, () -> on(rack.gpu, mend));
    assertWhole();
  }

  @Test
  void aHostWhoseClockIsAnHourOff() {
    String unit = "/etc/systemd/system/selfheal-exporter.service.d/clock.conf";
    String restart = "systemctl daemon-reload && systemctl restart selfheal-exporter.service";
    assertBroken(
        () -> {
          rack.gpu.write(unit, "[Service]\nEnvironment=" + FAKE_TIME + "\n");
          on(rack.gpu, restart);
          String skewed = "command=\"env " + FAKE_TIME + " /usr/lib/selfheal/host-agent\"";
          on(rack.gpu, "sed -i 's#" + AGENT + "#" + skewed + "#' " + Rack.KEYS);
        },
        "clock gpu-02",
        "timedatectl, on both hosts",
        () -> {
          on(rack.gpu, "rm " + unit + " && " + restart);
          on(rack.gpu, "sed -i 's#command=\"env [^\"]*\"#" + AGENT + "#' " + Rack.KEYS);
        });
  }

  /** Its page is made old, which takes half a minute otherwise. */
  @Test
  void anExporterThatIsStopped() {
    String mend = "systemctl enable --now selfheal-exporter.service";
    String stamp = "selfheal_exporter_last_run_timestamp_seconds";
    assertBroken(
        () -> {
          on(rack.gpu, "systemctl disable --now selfheal-exporter.service");
          on(rack.gpu, "sed -i 's/^" + stamp + " .*/" + stamp + " 1000000000/' " + PAGE);
        },
        "textfile gpu-02",
        mend,
        () -> on(rack.gpu, mend));
  }

  @Test
  void aNodeExporterThatIsStopped() {
    assertBroken(
        () -> on(rack.gpu, "systemctl stop prometheus-node-exporter.service"),
        "scrape gpu-02",
        "systemctl restart prometheus-node-exporter.service, on that host",
        () -> on(rack.gpu, "systemctl restart prometheus-node-exporter.service"));
  }

  /** Only a unit of a package can be masked: that of Ollama's own installer is in the way. */
  @Test
  void anOllamaThatIsMasked() {
    on(rack.gpu, "mv /etc/systemd/system/ollama.service /lib/systemd/system/");
    assertBroken(
        () -> on(rack.gpu, "systemctl daemon-reload && systemctl mask ollama.service"),
        "target_unit gpu-02",
        "systemctl unmask ollama.service",
        () -> on(rack.gpu, "systemctl unmask ollama.service"));
  }
}
