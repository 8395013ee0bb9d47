package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.deployed.OperatorsPage.Step;
import dev.selfheal.deployed.OperatorsPage.Typed;
import dev.selfheal.deployed.OperatorsPage.Written;
import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import java.util.List;
import java.util.Map;

/**
 * A receiver and a GPU host, made by doing what {@code docs/install.md} says in its section "A
 * receiver and hosts".
 */
final class Rack implements AutoCloseable {
  static final String KEY = "/var/lib/selfheal/id_ed25519";
  static final String KEYS = "/var/lib/selfheal/.ssh/authorized_keys";
  static final String KNOWN_HOSTS = "/etc/selfheal/known_hosts";
  static final String AGENT_CONF = "/etc/selfheal/host-agent.conf";

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

  private final Lan lan = new Lan();
  final Machine receiver;
  final Machine gpu;
  final OllamaUnit ollama;
  private final Map<String, DeployedHost> hosts;

  /** Boots two machines, one of them with Ollama, and follows the page to its end. */
  Rack() {
    try {
      receiver = lan.boot("receiver");
      gpu = lan.boot("gpu-02");
      ollama = OllamaUnit.install(gpu);
      hosts = Map.of("receiver", new DeployedHost(receiver), "gpu-02", new DeployedHost(gpu));
      gpu.run("ssh-keygen", "-A").output(); // as Debian does when it installs its sshd
      admitTheOperator();
      for (Machine machine : List.of(receiver, gpu)) {
        machine.copyIn(Deb.path(), "/root/" + Deb.path().getFileName());
      }
      new OperatorsPage("A receiver and hosts").steps().forEach(this::take);
    } catch (RuntimeException | AssertionError e) {
      lan.close();
      throw e;
    }
  }

  DeployedHost host(String name) {
    DeployedHost host = hosts.get(name);
    if (host == null) {
      throw new AssertionError("docs/install.md speaks of a host that is not here: " + name);
    }
    return host;
  }

  /** A step of the page; what is to be waited for after a {@code selfheal verify} is not. */
  private void take(Step step) {
    if (step instanceof Written file) {
      host(file.host()).machine.write(file.path(), file.text());
    } else if (step instanceof Typed typed && !typed.command().equals("selfheal verify")) {
      host(typed.host()).type(typed.command());
    }
  }

  /** Who installs packages on both has a way from one to the other, which the page asks for. */
  private void admitTheOperator() {
    DeployedHost here = host("receiver");
    here.type("install -d -m 700 .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519");
    gpu.write("/root/.ssh/authorized_keys", receiver.read("/root/.ssh/id_ed25519.pub"));
    host("gpu-02").type("chmod 700 .ssh; systemctl start ssh.service");
    here.type("ssh-keyscan gpu-02 > .ssh/known_hosts");
  }

  /** Types the page's commands that begin so, in its order, again. */
  void retype(String... beginnings) {
    for (Step step : new OperatorsPage("A receiver and hosts").steps()) {
      if (step instanceof Typed typed
          && List.of(beginnings).stream().anyMatch(each -> typed.command().startsWith(each))) {
        take(step);
      }
    }
  }

  /** All links hold, on both; what has to run does, and comes back; and nothing else of ours. */
  void assertWhole() {
    host("receiver").awaitWhole();
    host("gpu-02").awaitWhole();
    RUN_ON_THE_RECEIVER.forEach(each -> assertUnit(receiver, each, "active", "enabled"));
    RUN_ON_THE_GPU_HOST.forEach(each -> assertUnit(gpu, each, "active", "enabled"));
    REST_ON_THE_RECEIVER.forEach(each -> assertUnit(receiver, each, "inactive", "disabled"));
    REST_ON_THE_GPU_HOST.forEach(each -> assertUnit(gpu, each, "inactive", "disabled"));
  }

  private static void assertUnit(Machine machine, String unit, String active, String enabled) {
    String what = unit + " on " + machine.name();
    assertThat(machine.property(unit, "ActiveState")).as(what).isEqualTo(active);
    assertThat(machine.property(unit, "UnitFileState")).as(what).isEqualTo(enabled);
  }

  @Override
  public void close() {
    lan.close();
  }
}
