package dev.selfheal.verify;

import static dev.selfheal.verify.VerifiedChain.RULES_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.testkit.SshKeys;
import dev.selfheal.testkit.VerifyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Breaks link by link of a real chain: exactly that one is named, and after the mend all hold. */
@Timeout(60)
class VerifyIT {
  @TempDir static Path folder;
  private static VerifiedChain chain;

  @BeforeAll
  static void startChain() throws IOException {
    chain = new VerifiedChain(folder);
    chain.awaitGood();
  }

  @AfterAll
  static void endChain() throws Exception {
    chain.end();
  }

  /** Breaks something, or mends it. */
  @FunctionalInterface
  private interface Act {
    void run() throws Exception;
  }

  private static void assertBroken(Act breaks, String link, String mend, Act mends)
      throws Exception {
    try {
      breaks.run();
      awaitBroken(link, mend);
    } finally {
      mends.run();
    }
    chain.awaitGood();
  }

  /**
   * What is broken in another program shows there a moment later.
   *
   * @param link its name; where it takes another target's link with it, both, with a comma between
   */
  private static void awaitBroken(String link, String mend) {
    await(link + " is broken")
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              VerifyReport report = chain.verify();
              assertThat(VerifiedChain.broken(report))
                  .as("%s", report)
                  .containsExactly(link.split(", "));
              CheckResult result = report.findings().get(0).result();
              assertThat(((CheckResult.Failed) result).mend()).contains(mend);
            });
  }

  @Test
  void everyLinkOfAWholeChainIsSeen() throws Exception {
    VerifyReport report = chain.verify();
    assertThat(report.good()).isTrue();
    assertThat(Stream.of(CheckName.values()))
        .allSatisfy(
            name ->
                assertThat(report.findings())
                    .anySatisfy(
                        each -> {
                          assertThat(each.name()).isEqualTo(name);
                          assertThat(each.result()).isInstanceOf(CheckResult.Ok.class);
                        }));
    assertThat(chain.remote.has("restarted")).as("nothing is restarted").isFalse();
    assertThat(chain.home.client().incidents()).isEmpty();
  }

  @Test
  void theCommandPrintsATableAndWritesTheMetrics() throws Exception {
    chain.verify();
    Path metrics = folder.resolve("verify.prom");
    VerifyRun run = VerifyRun.of(chain.configuration(), "--textfile=" + metrics);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).startsWith("CHECK").contains("All links hold: 0 failed");
    assertThat(Files.readString(metrics))
        .contains("selfheal_deployment_check{target=\"gpu-02\",check=\"ssh\"} 1\n")
        .contains("selfheal_deployment_check{target=\"gpu-01\",check=\"rules\"} 1\n")
        .contains("selfheal_deployment_verified_timestamp_seconds{target=\"gpu-01\"} ");
    chain.remote.sshd().forgetKeys();
    VerifyRun broken = VerifyRun.of(chain.configuration(), "--json", "--textfile=" + metrics);
    chain.remote.letIn();
    assertThat(broken.exitCode()).isEqualTo(1);
    JsonNode first = new ObjectMapper().readTree(broken.output()).path("checks").path(0);
    assertThat(first.path("check").asText()).isEqualTo("ssh");
    assertThat(first.path("state").asText()).isEqualTo("failed");
    assertThat(first.path("mend").asText()).contains("authorized_keys");
    assertThat(Files.readString(metrics))
        .contains("selfheal_deployment_check{target=\"gpu-02\",check=\"ssh\"} 0\n")
        .contains("selfheal_deployment_verified_timestamp_seconds{target=\"gpu-02\"} ");
  }

  /** Both in one, because Prometheus knows no Alertmanager for 5 s after each change. */
  @Test
  void rulesThatAreNotLoadedOrDoNotEvaluate() throws Exception {
    String odd =
        VerifiedChain.rules()
            .replaceFirst(
                "(alert: OllamaDown\n\\s+)expr: [^\n]*(\n\\s{10,}[^\n]*)*", "$1expr: up + on() up");
    assertThat(odd).contains("expr: up + on() up");
    try {
      chain.prometheus.reloadRules(RULES_FILE, "groups: []\n");
      await("the rules are gone")
          .untilAsserted(() -> assertThat(VerifiedChain.broken(chain.verify())).contains("rules"));
      chain.prometheus.reloadRules(RULES_FILE, odd);
      awaitBroken("rules", "as shipped");
    } finally {
      chain.prometheus.reloadRules(RULES_FILE, VerifiedChain.rules());
    }
    chain.awaitGood();
  }

  @Test
  void anAlertmanagerThatRoutesElsewhere() throws Exception {
    String routes = chain.routes().replaceFirst("receiver: selfheal", "receiver: humans");
    assertBroken(
        () -> chain.alertmanager.reconfigure(routes),
        "route",
        "the shipped alertmanager.yml",
        () -> chain.alertmanager.reconfigure(chain.routes()));
  }

  @Test
  void anAlertmanagerWithAnotherToken() throws Exception {
    Path other = Files.writeString(folder.resolve("other.token"), "the-token-of-somebody-else");
    String own = chain.home.folder().resolve("alertmanager.token").toString();
    String routes = chain.routes().replace(own, other.toString());
    assertThat(routes).contains(other.toString());
    assertBroken(
        () -> chain.alertmanager.reconfigure(routes),
        "route",
        "credentials_file",
        () -> chain.alertmanager.reconfigure(chain.routes()));
  }

  @Test
  void aNodeExporterThatIsDown() throws Exception {
    assertBroken(
        chain.nodeExporter::goDown,
        "node_exporter gpu-01",
        "systemctl enable --now prometheus-node-exporter.service",
        chain.nodeExporter::comeBack);
  }

  @Test
  void aTextfileThatIsOld() throws Exception {
    assertBroken(
        () -> {
          chain.exporter.freeze();
          age(chain.exporter.textfile(), Duration.ofHours(1));
        },
        "textfile gpu-01",
        "systemctl restart selfheal-exporter.service",
        chain.exporter::thaw);
  }

  private static void age(Path page, Duration by) throws IOException {
    Instant then = Clock.systemUTC().instant().minus(by);
    String old =
        Files.readString(page)
            .replaceAll(
                "(last_run_timestamp_seconds) [0-9.E]+\n", "$1 " + then.getEpochSecond() + "\n");
    Files.writeString(page, old);
    Files.setLastModifiedTime(page, FileTime.from(then));
  }

  @Test
  void anExporterWhoseClockIsAnHourOff() throws Exception {
    assertBroken(
        () -> {
          chain.exporter.freeze();
          age(chain.exporter.textfile(), Duration.ofHours(1));
          Files.setLastModifiedTime(
              chain.exporter.textfile(), FileTime.from(Clock.systemUTC().instant()));
        },
        "clock gpu-01",
        "timedatectl",
        chain.exporter::thaw);
  }

  @Test
  void aTextfileInAFolderThatNobodyMayEnter() throws Exception {
    Path closed = chain.exporter.textfile().resolveSibling("").toAbsolutePath();
    assertBroken(
        () -> VerifiedChain.enter(closed, "rwx------"),
        "textfile gpu-01",
        "chmod o+x " + closed,
        () -> VerifiedChain.enter(closed, "rwxr-xr-x"));
  }

  @Test
  void aLinkThatIsGone() throws Exception {
    assertBroken(
        () -> Files.delete(chain.linked()),
        "textfile gpu-01",
        "ln -s " + chain.exporter.textfile() + " " + chain.nodeExporter.textfiles() + "/",
        chain::link);
  }

  @Test
  void aHostKeyThatHasChanged() throws Exception {
    String other = SshKeys.publicKey(SshKeys.make(folder.resolve("imposter"), "ed25519", ""));
    Path known = chain.remote.knownHosts();
    String port = "[127.0.0.1]:" + chain.remote.sshd().port();
    assertBroken(
        () -> SshKeys.knownHosts(known, port + " " + other),
        "ssh gpu-02",
        "ssh-keygen -R '" + port + "' -f " + known,
        () -> SshKeys.knownHosts(known, chain.remote.sshd().knownHosts()));
  }

  @Test
  void aKeyThatTheHostDoesNotKnow() throws Exception {
    assertBroken(
        chain.remote.sshd()::forgetKeys, "ssh gpu-02", "authorized_keys", chain.remote::letIn);
  }

  @Test
  void aKeyThatIsGone() throws Exception {
    Path kept = folder.resolve("kept-key");
    assertBroken(
        () -> Files.move(chain.remote.key(), kept),
        "ssh gpu-02",
        "ssh-keygen -t ed25519",
        () -> Files.move(kept, chain.remote.key()));
  }

  @Test
  void aWebhookTokenThatIsGone() throws Exception {
    Path kept = folder.resolve("kept-token");
    assertBroken(
        () -> Files.move(chain.home.webhookToken(), kept),
        "webhook_token",
        "openssl rand",
        () -> Files.move(kept, chain.home.webhookToken()));
  }

  @Test
  void aHostThatDoesNotLeadToItsApi() throws Exception {
    assertBroken(chain.remote::permitOtherPort, "ssh gpu-02", "permitopen", chain.remote::letIn);
  }

  @Test
  void aHostWithoutItsAgent() throws Exception {
    assertBroken(
        chain.remote::withoutAgent,
        "host_agent gpu-02",
        "command=\"/usr/lib/selfheal/host-agent\"",
        chain.remote::letIn);
  }

  @Test
  void aHostWhoseClockIsAnHourOff() throws Exception {
    assertBroken(
        () -> chain.remote.setClockForward(3600),
        "clock gpu-02",
        "timedatectl",
        chain.remote::letIn);
  }

  @Test
  void anExporterOnAnotherHostThatIsStoppedOrWillNotComeBack() throws Exception {
    String mend = "systemctl enable --now selfheal-exporter.service";
    assertBroken(
        () -> chain.remote.exporterUnit("inactive", "enabled"),
        "exporter_unit gpu-02",
        mend,
        () -> chain.remote.exporterUnit("active", "enabled"));
    assertBroken(
        () -> chain.remote.exporterUnit("active", "disabled"),
        "exporter_unit gpu-02",
        "systemctl enable selfheal-exporter.service, on that host",
        () -> chain.remote.exporterUnit("active", "enabled"));
  }

  @Test
  void aHostWithoutTheRightToRestart() throws Exception {
    assertBroken(
        () -> chain.remote.forbidRestarts(true),
        "restart_right gpu-02, ladder_right gpu-02",
        "polkit",
        () -> chain.remote.forbidRestarts(false));
    assertThat(chain.remote.has("restarted")).as("nothing is restarted").isFalse();
  }

  @Test
  void aReceiverThatIsDown() throws Exception {
    assertBroken(
        chain::stopReceiver,
        "receiver",
        "systemctl restart selfheal.service",
        chain::startReceiver);
  }

  @Test
  void aUnitThatWillNotComeBack() throws Exception {
    String me = System.getProperty("user.name");
    assertBroken(
        () -> chain.systemd.says("selfheal.service", "loaded", "active", "disabled", me),
        "receiver_unit",
        "systemctl enable selfheal.service",
        () -> chain.systemd.says("selfheal.service", "loaded", "active", "enabled", me));
  }

  @Test
  void anotherVersionThanIsInstalled() throws Exception {
    assertThat(VerifiedChain.broken(chain.verify("9.9.9")))
        .containsExactly("receiver_version", "exporter_version gpu-01", "exporter_version gpu-02");
  }
}
