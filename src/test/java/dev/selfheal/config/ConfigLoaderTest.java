package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.LoadResult.Loaded;
import dev.selfheal.config.LoadResult.Rejected;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.QuietHours;
import dev.selfheal.remedy.QuietWindow;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void readsEverySetting() throws IOException {
    assertThat(fixture.load(fullExample(), Map.of()))
        .isEqualTo(
            new Loaded(
                new Config(
                    new ListenConfig("::", 9595),
                    new AuthConfig(
                        folder.resolve("webhook.token"),
                        folder.resolve("operator.token"),
                        List.of(
                            new BasicUser("alice", Role.OPERATOR, folder.resolve("alice.bcrypt")))),
                    new TlsConfig(
                        folder.resolve("server.crt"),
                        folder.resolve("server.key"),
                        folder.resolve("clients.crt")),
                    URI.create("https://alertmanager.example.org/am"),
                    URI.create("https://selfheal.example.org/gpu"),
                    new LedgerConfig(Path.of("/var/lib/selfheal/ledger.db")),
                    Mode.APPROVE,
                    new PolicyConfig(
                        List.of("OllamaFrozen", "OllamaDown"),
                        List.of(
                            new BudgetConfig(2, Duration.ofMinutes(30)),
                            new BudgetConfig(5, Duration.ofDays(2))),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(15),
                        new FleetConfig(2, 0.5, Duration.ofMinutes(20))),
                    new RecoveryConfig(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(90),
                        Duration.ofMinutes(5),
                        false),
                    List.of(
                        new TargetConfig(
                            "gpu-01",
                            Map.of("instance", "gpu-01:9100", "job", "node"),
                            List.of(),
                            "ollama.service",
                            URI.create("http://127.0.0.1:11434"),
                            List.of()),
                        new TargetConfig(
                            "lab",
                            Map.of("instance", "lab:9100"),
                            List.of(),
                            null,
                            URI.create("http://127.0.0.1:11435"),
                            List.of("docker", "restart", "ollama"),
                            null,
                            null,
                            LadderConfig.NONE,
                            new PermissionConfig(
                                Mode.OBSERVE,
                                new QuietHours(
                                    List.of(
                                        new QuietWindow(
                                            EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                            22 * 60,
                                            6 * 60,
                                            ZoneId.of("Europe/Berlin"))))))),
                    new ExporterConfig(
                        Duration.ofSeconds(10),
                        new ExporterConfig.Files(
                            Path.of("/var/lib/prometheus/node-exporter/gpu.prom"),
                            folder.resolve("state.json")),
                        new ExporterConfig.Ollama(
                            URI.create("http://127.0.0.1:11435"),
                            "ollama@lab.service",
                            "^/opt/ollama serve$",
                            "lab"),
                        new ExporterConfig.Thresholds(
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(40),
                            Duration.ofSeconds(50),
                            Duration.ofMinutes(20),
                            Duration.ofHours(1),
                            Duration.ofMinutes(6),
                            Duration.ofMinutes(10)),
                        new ExporterConfig.Reactions(false, null)),
                    new VerifyConfig(
                        URI.create("http://prometheus.example.org/prom"),
                        null,
                        Path.of("/srv/textfiles"))),
                List.of()));
  }

  @Test
  void fillsInTheDocumentedDefaults() {
    Config config = fixture.loaded(ConfigFixture.TARGET);

    assertThat(config)
        .isEqualTo(
            new Config(
                new ListenConfig("127.0.0.1", 9595),
                new AuthConfig(null, null, List.of()),
                null,
                null,
                null,
                new LedgerConfig(Path.of("/var/lib/selfheal/ledger.db")),
                Mode.ACT,
                new PolicyConfig(
                    List.of("OllamaFrozen"),
                    List.of(
                        new BudgetConfig(3, Duration.ofHours(1)),
                        new BudgetConfig(7, Duration.ofHours(24))),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    new FleetConfig(1, 0.34, Duration.ofMinutes(10))),
                new RecoveryConfig(
                    Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofMinutes(10), true),
                List.of(
                    new TargetConfig(
                        "gpu-01",
                        Map.of("instance", "gpu-01:9100"),
                        List.of(),
                        "ollama.service",
                        URI.create("http://127.0.0.1:11434"),
                        List.of())),
                new ExporterConfig(
                    Duration.ofSeconds(5),
                    new ExporterConfig.Files(
                        Path.of("/run/selfheal-exporter/ollama.prom"),
                        Path.of("/var/lib/selfheal-exporter/state.json")),
                    new ExporterConfig.Ollama(
                        URI.create("http://127.0.0.1:11434"), "ollama.service", null, null),
                    new ExporterConfig.Thresholds(
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(6)),
                    new ExporterConfig.Reactions(true, null)),
                new VerifyConfig(
                    URI.create("http://127.0.0.1:9090"),
                    URI.create("http://127.0.0.1:9100/metrics"),
                    Path.of("/var/lib/prometheus/node-exporter"))));
  }

  @Test
  void takesASectionWithoutKeysForItsDefaults() {
    String emptied = "policy:\nrecovery: {}\nauth:\nexporter:\nverify:\n" + ConfigFixture.TARGET;

    assertThat(fixture.loaded(emptied)).isEqualTo(fixture.loaded(ConfigFixture.TARGET));
  }

  @Test
  void localStandsForTheTargetThatThereIsWithoutAFile() throws IOException {
    Path file = folder.resolve("local.yml");
    Files.writeString(file, "targets: local\n");
    assertThat(ConfigLoader.load(file, Map.of(), () -> List.of("gpu-07", "10.0.0.7")))
        .isInstanceOfSatisfying(
            Loaded.class,
            loaded ->
                assertThat(loaded.config().targets())
                    .isEqualTo(ConfigLoader.defaults(List.of("gpu-07", "10.0.0.7")).targets()));
  }

  @Test
  void readsTheFileAloneThoughAllThatItNamesIsGone() throws IOException {
    String yaml =
        """
        auth: {webhook_token_file: gone, operator_token_file: gone}
        targets:
          - name: gpu-02
            match: {instance: a}
            unit: ollama.service
            ssh: {host: gpu-02, user: selfheal, identity_file: gone, known_hosts: gone}
        """;
    Path file = Files.writeString(folder.resolve("alone.yml"), yaml);
    assertThat(ConfigLoader.load(file, Map.of(), List::of)).isInstanceOf(Rejected.class);
    LoadResult alone = ConfigLoader.loadAlone(file, Map.of(), List::of);
    assertThat(alone).isInstanceOf(Loaded.class);
    assertThat(((Loaded) alone).config().auth().webhookTokenFile())
        .isEqualTo(folder.resolve("gone"));
  }

  @Test
  void aHostThatIsHealedFromElsewhereHasTheOllamaOfItsExporterAsItsTarget() throws IOException {
    String yaml = "exporter: {unit: second.service, ollama_url: 'http://127.0.0.1:11435'}\n";
    Path file = Files.writeString(folder.resolve("host.yml"), yaml);
    assertThat(ConfigLoader.isForExporterAlone(file)).isTrue();
    Config host = ((Loaded) ConfigLoader.loadHost(file, Map.of(), () -> List.of("a"))).config();
    assertThat(host.targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.unit()).isEqualTo("second.service");
              assertThat(target.ollamaUrl()).isEqualTo(URI.create("http://127.0.0.1:11435"));
            });
  }

  @Test
  void managesThisHostsOwnOllamaWithoutAFile() {
    Config config = ConfigLoader.defaults(List.of("gpu-01", "10.0.0.7"));

    assertThat(config.listen()).isEqualTo(new ListenConfig("127.0.0.1", 9595));
    assertThat(config.policy()).isEqualTo(fixture.loaded(ConfigFixture.TARGET).policy());
    assertThat(config.targets())
        .containsExactly(
            new TargetConfig(
                "local",
                Map.of(),
                List.of("gpu-01", "10.0.0.7"),
                "ollama.service",
                URI.create("http://127.0.0.1:11434"),
                List.of()));
  }

  @Test
  void rejectsAFileThatIsMissing() {
    Path missing = folder.resolve("missing.yml");

    assertThat(ConfigLoader.load(missing, Map.of(), () -> List.of("gpu-01")))
        .isEqualTo(
            new Rejected(
                List.of(
                    new Problem(
                        "", "Cannot read the configuration " + missing + ": it does not exist"))));
  }

  @Test
  void rejectsAFolder() {
    assertThat(messageFor(folder)).startsWith("Cannot read the configuration " + folder + ": ");
  }

  @Test
  void rejectsAFileThatIsNotText() throws IOException {
    Path binary = Files.write(folder.resolve("binary.yml"), new byte[] {(byte) 0xff, 0, 1});

    assertThat(messageFor(binary)).endsWith("it is not text in UTF-8");
  }

  @Test
  void rejectsAFileOverOneMebibyte() throws IOException {
    Path large = folder.resolve("large.yml");
    Files.writeString(large, ConfigFixture.TARGET + "#".repeat(1 << 20));

    assertThat(messageFor(large)).endsWith("it is larger than 1 MiB");
  }

  @Test
  void ignoresAByteOrderMark() throws IOException {
    Path marked = folder.resolve("marked.yml");
    Files.write(marked, ("\uFEFF" + ConfigFixture.TARGET).getBytes(StandardCharsets.UTF_8));

    assertThat(ConfigLoader.load(marked, Map.of(), () -> List.of("gpu-01")))
        .isInstanceOf(Loaded.class);
  }

  private static String messageFor(Path file) {
    return ConfigLoader.load(file, Map.of(), () -> List.of("gpu-01")) instanceof Rejected rejected
        ? rejected.problems().get(0).toString()
        : "loaded";
  }

  private static String fullExample() throws IOException {
    try (var example = ConfigLoaderTest.class.getResourceAsStream("/config/full.yml")) {
      assertThat(example).isNotNull();
      return new String(example.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
