package dev.selfheal.deployed;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A deployed host that bears the names which the pages use, and what their commands act on. */
final class NamedHost {
  private static final Duration CALM = Duration.ofMinutes(2);

  private static final String CONFIGURATION =
      """
      auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}
      alertmanager_url: http://127.0.0.1:9093
      targets:
        - name: gpu-01
          match: {instance: "localhost:9100"}
          unit: ollama.service
      """;

  /** As its page has it: an unknown key, and a second target with no unit. */
  private static final String WRONG =
      """
      policy: {cooldwn: 60s}
      targets:
        - {name: gpu-01, match: {instance: "gpu-01:9100"}, unit: ollama.service}
        - {name: gpu-02, match: {instance: "gpu-02:9100"}, unit: ollama}
      """;

  /** For the name by which a page asks; it is its own authority. */
  private static final String CERTIFICATE =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
          + " -subj /CN=gpu-01.example.org -addext subjectAltName=DNS:gpu-01.example.org"
          + " -keyout /etc/selfheal/server.key -out /etc/selfheal/ca.pem";

  private final DeployedHost host;

  NamedHost(DeployedHost host) {
    this.host = host;
  }

  /** Names it, when what was done on it before is over. */
  void prepare() {
    await("no alert fires").atMost(CALM).until(this::quiet);
    host.machine.write("/etc/selfheal/gpu-07.yml", "exporter: {unit: ollama.service}\n");
    host.machine.write("/root/new.yml", WRONG);
    host.type("ln -s /usr/share/ollama-selfheal target");
    host.type("echo 127.0.0.1 gpu-02 gpu-01.example.org >> /etc/hosts");
    host.type("ssh-keygen -A; systemctl start ssh");
    begin("");
    host.type("systemctl restart selfheal-exporter");
    host.awaitWhole();
    host.type("systemctl restart selfheal-verify.service");
  }

  private boolean quiet() {
    return !host.type(
            "curl -sf http://127.0.0.1:9090/api/v1/alerts http://127.0.0.1:9093/api/v2/alerts")
        .contains("OllamaFrozen");
  }

  /** Starts the receiver with a ledger in which no restart has spent any budget. */
  private void begin(String more) {
    host.type("systemctl stop selfheal; rm -rf /var/lib/selfheal/*");
    host.machine.write("/etc/selfheal/selfheal.yml", CONFIGURATION + more);
    host.type("systemctl start selfheal");
  }

  /** Leaves the jar's ports to somebody else. */
  void rest() {
    host.type("systemctl stop selfheal selfheal-exporter");
  }

  /** Has a restart wait for a person, and returns the attempt's number. */
  String ask() {
    begin("mode: approve\n");
    String said = host.type("selfheal restart gpu-01").strip();
    return said.substring(said.lastIndexOf(' ') + 1);
  }

  /** Has the receiver speak TLS. */
  void speakTls() {
    host.type(CERTIFICATE + "; chown selfheal /etc/selfheal/server.key");
    begin("tls: {cert_file: ca.pem, key_file: server.key}\n");
  }
}
