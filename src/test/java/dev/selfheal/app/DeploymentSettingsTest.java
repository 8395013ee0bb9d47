package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.verify.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentSettingsTest {
  @TempDir Path folder;

  @Test
  void aLostTokenComesBackForThoseWhoMustReadIt() throws IOException {
    Path file = folder.resolve("selfheal.yml");
    Files.writeString(
        file,
        """
        auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}
        targets: local
        """);
    LoadResult read = ConfigLoader.loadAlone(file, Map.of(), List::of);
    assertThat(read).isInstanceOf(LoadResult.Loaded.class);
    Deployment.Receiver receiver =
        DeploymentSettings.of(((LoadResult.Loaded) read).config(), "1").receiver();
    assertThat(receiver.webhook().mendOrNull())
        .contains("(umask 077; openssl rand -hex 32 > " + folder.resolve("webhook.token") + ")")
        .contains("chown root:selfheal-webhook " + folder.resolve("webhook.token"))
        .endsWith("; systemctl restart prometheus-alertmanager.service");
    assertThat(receiver.operator().mendOrNull())
        .contains("chown root:selfheal " + folder.resolve("operator.token"))
        .endsWith("; systemctl reload selfheal.service");
  }
}
