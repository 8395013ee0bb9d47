package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LadderConfig;
import dev.selfheal.config.LoadResult;
import dev.selfheal.config.SshConfig;
import dev.selfheal.config.TargetConfig;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Path OWN = Path.of("/run/selfheal-exporter/ollama.prom");

  @TempDir Path folder;

  @Test
  void theExportersFileSpeaksOfTheTargetThatItWatches() throws IOException {
    assertThat(textfile("")).contains(OWN);
  }

  @Test
  void theExportersFileDoesNotSpeakOfAnotherOllama() throws IOException {
    assertThat(textfile("ollama_url: http://127.0.0.1:11435")).isEmpty();
  }

  @Test
  void aTargetMayNameTheFileOfItsOwnExporter() throws IOException {
    assertThat(textfile("ollama_url: http://127.0.0.1:11435, textfile: /run/b/b.prom"))
        .contains(Path.of("/run/b/b.prom"));
  }

  @Test
  void theExportersFileDoesNotSpeakOfAnotherHost() {
    Target target = Settings.managed(remote()).targets().get(0);
    assertThat(target.signs().textfile()).isEmpty();
    assertThat(target.actuator().host()).isEqualTo("gpu-02:2222");
    assertThat(target.control().ssh())
        .contains(
            new Target.Ssh(
                "gpu-02",
                2222,
                "selfheal",
                new Target.SshFiles(Path.of("/id"), Path.of("/known")),
                "'kick'"));
  }

  @Test
  void peopleReachTheReceiverWhereItListensUnlessTheConfigurationSaysOtherwise()
      throws IOException {
    assertThat(Settings.externalUrl(ConfigLoader.defaults(List.of("gpu-01"))))
        .hasToString("http://127.0.0.1:9595");
    assertThat(Settings.externalUrl(loaded("listen: '[::1]:9000'")))
        .hasToString("http://[::1]:9000");
    assertThat(Settings.externalUrl(loaded("external_url: https://heal.example.org/gpu/")))
        .hasToString("https://heal.example.org/gpu");
  }

  @Test
  void eachTargetHasItsOwnModeOrThatOfAll() throws IOException {
    Managed managed =
        Settings.managed(
            read(
                """
                mode: approve
                targets:
                  - {name: a, match: {instance: a}, unit: a.service}
                  - {name: b, match: {instance: b}, unit: b.service, mode: act}
                  - {name: c, match: {instance: c}, unit: c.service, not_during: [22:00-06:00 UTC]}
                """));
    assertThat(managed.targets())
        .extracting(target -> managed.permission(target).mode())
        .containsExactly(Mode.APPROVE, Mode.ACT, Mode.APPROVE);
    Instant night = Instant.parse("2026-11-22T23:00:00Z");
    assertThat(managed.targets())
        .extracting(target -> managed.permission(target).quietUntil(night).isPresent())
        .containsExactly(false, false, true);
  }

  private Config loaded(String key) throws IOException {
    return read(key + "\ntargets: [{name: a, match: {instance: a}, unit: ollama.service}]\n");
  }

  private Config read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("selfheal.yml"), yaml);
    return ((LoadResult.Loaded) ConfigLoader.load(file, Map.of(), () -> List.of("gpu-01")))
        .config();
  }

  private static Config remote() {
    Config local = ConfigLoader.defaults(List.of("gpu-01"));
    TargetConfig own = local.targets().get(0);
    TargetConfig target =
        new TargetConfig(
            "gpu-02",
            Map.of("instance", "gpu-02:9100"),
            List.of(),
            own.unit(),
            own.ollamaUrl(),
            List.of(),
            null,
            new SshConfig("gpu-02", 2222, "selfheal", Path.of("/id"), Path.of("/known"), "'kick'"),
            LadderConfig.NONE,
            own.permission());
    return new Config(
        local.listen(),
        local.auth(),
        local.tls(),
        local.alertmanagerUrl(),
        local.externalUrl(),
        local.ledger(),
        local.mode(),
        local.policy(),
        local.recovery(),
        List.of(target),
        local.exporter(),
        local.verify());
  }

  private Optional<Path> textfile(String keys) throws IOException {
    Path file = folder.resolve("selfheal.yml");
    String more = keys.isEmpty() ? "" : ", " + keys;
    Files.writeString(
        file, "targets: [{name: a, match: {instance: a}, unit: ollama.service" + more + "}]\n");
    LoadResult result = ConfigLoader.load(file, Map.of(), () -> List.of("gpu-01"));
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    LoadResult.Loaded loaded = (LoadResult.Loaded) result;
    Target target = Settings.managed(loaded.config()).targets().get(0);
    return target.signs().textfile();
  }
}
