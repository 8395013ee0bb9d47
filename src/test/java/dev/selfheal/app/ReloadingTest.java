package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {

  private static final String TARGETS =
      "targets: [{name: a, match: {instance: a}, restart_command: [restart, a]}]\n";
  private static final String MORE_TARGETS =
      "targets: [{name: a, match: {instance: a}, restart_command: [restart, a]},"
          + " {name: b, match: {instance: b}, restart_command: [restart, b]}]\n";

  @TempDir private Path folder;
  private Path file;
  private final List<Config> told = new ArrayList<>();
  private boolean listenerThrows;

  @BeforeEach
  void begin() throws IOException {
    file = folder.resolve("selfheal.yml");
    secret("webhook.token", "webhook-token-of-a-test");
    secret("operator.token", "operator-token-of-a-test");
  }

  private void secret(String name, String text) throws IOException {
    Path secret = folder.resolve(name);
    Files.writeString(secret, text);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
  }

  private String head(String listen, String ledger) {
    return "listen: %s\nledger: sqlite:%s/%s\n".formatted(listen, folder, ledger);
  }

  private String auth() {
    return "auth: {webhook_token_file: %1$s/webhook.token, operator_token_file: %1$s/operator.token}\n"
        .formatted(folder);
  }

  private String usual(String targets) {
    return head("127.0.0.1:9595", "ledger.db") + auth() + targets;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private LoadResult read() {
    return ConfigLoader.load(file, Map.of(), () -> List.of("gpu-01"));
  }

  private Reloading reloading(String text) throws IOException, StartupException {
    write(text);
    LoadResult first = read();
    assertThat(first).isInstanceOf(LoadResult.Loaded.class);
    Config config = ((LoadResult.Loaded) first).config();
    return new Reloading(new Startup(config, this::read, "test", World.real()), this::hear);
  }

  private void hear(Config config) {
    told.add(config);
    if (listenerThrows) {
      listenerThrows = false;
      throw new IllegalArgumentException("a listener that cannot follow");
    }
  }

  @Test
  void countsFromTheMomentItIsReadAndTellsSo() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    write(usual(MORE_TARGETS));
    assertThat(reloading.reload()).isEmpty();
    assertThat(reloading.managed().targets()).hasSize(2);
    assertThat(told).containsExactly(reloading.config());
  }

  @Test
  void keepsTheOldConfigurationAndNamesEveryProblemOfABadOne() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    write("listen: nowhere\nunknown_key: 1\n");
    assertThat(reloading.reload()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(reloading.managed().targets()).hasSize(1);
    assertThat(told).isEmpty();
  }

  @Test
  void refusesWhatNeedsARestartWithEveryProblemAtOnce() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    write(head("127.0.0.1:9596", "other.db") + MORE_TARGETS);
    assertThat(reloading.reload())
        .containsExactly(
            "listen: to change this, restart the service",
            "ledger: to change this, restart the service",
            "auth: to begin or end to ask for secrets, restart the service");
    assertThat(reloading.managed().targets()).hasSize(1);
    assertThat(told).isEmpty();
  }

  @Test
  void readsTheTokensAgain() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    var before = reloading.credentials();
    secret("webhook.token", "another-webhook-token");
    assertThat(reloading.reload()).isEmpty();
    assertThat(reloading.credentials()).isNotSameAs(before);
  }

  @Test
  void namesEachSecretThatCannotBeRead() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    Files.delete(folder.resolve("webhook.token"));
    Files.delete(folder.resolve("operator.token"));
    assertThat(reloading.reload())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("webhook.token"))
        .anyMatch(problem -> problem.contains("operator.token"));
  }

  @Test
  void takesTheChangeBackIfAPartCannotFollow() throws Exception {
    Reloading reloading = reloading(usual(TARGETS));
    Config old = reloading.config();
    write(usual(MORE_TARGETS));
    listenerThrows = true;
    assertThat(reloading.reload()).singleElement().asString().contains("cannot follow");
    assertThat(reloading.config()).isSameAs(old);
    assertThat(told).last().isSameAs(old);
  }

  @Test
  void doesNotStartWithoutItsSecrets() throws Exception {
    write(usual(TARGETS));
    Config config = ((LoadResult.Loaded) read()).config();
    Files.delete(folder.resolve("webhook.token"));
    Startup startup = new Startup(config, this::read, "test", World.real());
    Files.delete(folder.resolve("operator.token"));
    assertThatThrownBy(() -> new Reloading(startup, this::hear))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("webhook.token")
        .hasMessageContaining("operator.token");
  }
}
