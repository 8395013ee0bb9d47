package dev.selfheal.deployed;

import dev.selfheal.machine.Lan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Breaks link by link of a deployed host: {@code verify} names exactly that one, and its mend,
 * typed as it stands there, mends it.
 */
@Timeout(300)
class BrokenLinksIT {
  private static final String RULES = "/etc/prometheus/selfhealing_rules.yml";
  private static final String ROUTES = "/etc/prometheus/alertmanager.yml";
  private static final String PAGE = "/run/selfheal-exporter/ollama.prom";
  private static final String LINKS = "/var/lib/prometheus/node-exporter";

  private static Lan lan;
  private static DeployedHost host;

  @BeforeAll
  static void deploy() {
    lan = new Lan();
    host = new DeployedHost(lan.boot("gpu-01"));
    OllamaUnit.install(host.machine);
    host.follow(new OperatorsPage("One host"));
    // Half a minute of patience is half a minute of test.
    host.type("sed -i 's/^    interval: .*/    interval: 2s/' " + RULES);
    host.type("sed -i 's/_interval: 15s/_interval: 2s/' /etc/prometheus/prometheus.yml");
    host.type("systemctl reload prometheus");
    host.awaitWhole();
  }

  @AfterAll
  static void end() {
    lan.close();
  }

  /** Types what breaks it, waits until exactly this link is named, and types the mend. */
  private static void assertBroken(String breaks, String link, String mend) {
    assertBroken(breaks, link, mend, mend);
  }

  private static void assertBroken(String breaks, String link, String mend, String mends) {
    host.assertBroken(() -> host.type(breaks), link, mend, () -> host.type(mends));
  }

  @ParameterizedTest
  @CsvSource({
    "receiver_unit, selfheal.service",
    "exporter_unit local, selfheal-exporter.service",
    "verify_timer, selfheal-verify.timer"
  })
  void aUnitThatIsStoppedOrDisabled(String link, String unit) {
    assertBroken("systemctl stop " + unit, link, "systemctl enable --now " + unit);
    assertBroken("systemctl disable " + unit, link, "systemctl enable " + unit);
  }

  @Test
  void aNodeExporterThatIsStopped() {
    assertBroken(
        "systemctl disable --now prometheus-node-exporter",
        "node_exporter local",
        "systemctl enable --now prometheus-node-exporter.service");
  }

  @Test
  void aPrometheusThatIsStopped() {
    assertBroken("systemctl stop prometheus", "prometheus", "systemctl restart prometheus.service");
  }

  @Test
  void anAlertmanagerThatIsStopped() {
    assertBroken(
        "systemctl stop prometheus-alertmanager",
        "alertmanager",
        "systemctl restart prometheus-alertmanager.service");
  }

  @Test
  void rulesThatAreGone() {
    assertChanged("rules", RULES, "rm " + RULES, "prometheus.service");
  }

  @Test
  void aRuleThatDoesNotEvaluate() {
    String edit = "/alert: OllamaDown$/,/labels:/ s/ollama_up == 0/up + on() up/";
    assertChanged("rules", RULES, "sed -i '" + edit + "' " + RULES, "prometheus.service");
  }

  @Test
  void anAlertmanagerThatRoutesElsewhere() {
    String edit = "0,/receiver: selfheal/ s/receiver: selfheal/receiver: humans/";
    assertChanged(
        "route", ROUTES, "sed -i '" + edit + "' " + ROUTES, "prometheus-alertmanager.service");
  }

  @Test
  void anAlertmanagerWithAnotherToken() {
    host.type("echo another-one > /etc/prometheus/token; chmod 644 /etc/prometheus/token");
    String edit = "s#credentials_file: .*#credentials_file: /etc/prometheus/token#";
    assertChanged(
        "route", ROUTES, "sed -i '" + edit + "' " + ROUTES, "prometheus-alertmanager.service");
  }

  /** Of a file that its program has to read again, after the change and after its mend. */
  private static void assertChanged(String link, String file, String change, String unit) {
    String reload = "systemctl reload " + unit;
    assertBroken(
        "cp " + file + " /root/kept; " + change + "; " + reload,
        link,
        reload,
        "mv /root/kept " + file + "; " + reload);
  }

  @Test
  void aTextfileThatNobodyMayReach() {
    assertBroken(
        "chmod 700 /run/selfheal-exporter", "textfile local", "chmod o+x /run/selfheal-exporter");
  }

  @Test
  void aLinkThatIsGone() {
    assertBroken(
        "rm " + LINKS + "/ollama.prom", "textfile local", "ln -s " + PAGE + " " + LINKS + "/");
  }

  @Test
  void aPolkitRuleThatIsGone() {
    assertBroken(
        "rm /etc/polkit-1/rules.d/60-ollama-selfheal.rules",
        "restart_right local",
        "apt-get install --reinstall -o Dpkg::Options::=--force-confmiss ./ollama-selfheal_*_all.deb");
  }
}
