package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsTest {
  private static final String QUIET =
      "alertmanager_url: http://127.0.0.1:9093\n" + ConfigFixture.TARGET;
  private static final String BOTH_TOKENS =
      "auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}\n";

  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void saysNothingOfAGoodConfiguration() {
    assertThat(fixture.warnings(BOTH_TOKENS + QUIET)).isEmpty();
  }

  @Test
  void saysThatNoHumanWillBeToldWithoutAlertmanager() {
    String warning =
        "alertmanager_url: is not set: escalations reach only the journal, the metric and `selfheal"
            + " status`; no human will be told";

    assertThat(fixture.warnings(ConfigFixture.TARGET)).containsExactly(warning);
    assertThat(ConfigLoader.warnings(ConfigLoader.defaults(List.of("gpu-01"))))
        .extracting(Problem::toString)
        .containsExactly(warning);
  }

  @Test
  void saysWhichRoleHasNoSecret() {
    assertThat(fixture.warnings("auth: {webhook_token_file: webhook.token}\n" + QUIET))
        .containsExactly(
            "auth: no secret for the role operator: nobody can pause, resume or restart");
    assertThat(
            fixture.warnings(
                "auth: {basic_users: [{name: a, role: operator, hash_file: alice.bcrypt}]}\n"
                    + QUIET))
        .containsExactly("auth: no secret for the role webhook: nobody can deliver alerts");
  }

  @Test
  void saysWhichSecretEverybodyCanRead() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("webhook.token"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(fixture.warnings(BOTH_TOKENS + QUIET))
        .containsExactly(
            "auth.webhook_token_file: "
                + folder
                + "/webhook.token can be read by every user of this machine; chmod it to 640");
  }

  @Test
  void saysWhichTokenIsShort() {
    fixture.secret("operator.token", "hunter2\n");

    assertThat(fixture.warnings(BOTH_TOKENS + QUIET))
        .containsExactly(
            "auth.operator_token_file: the token is shorter than 16 characters and can be guessed");
  }

  @Test
  void saysThatSecretsCrossTheNetworkInClearText() {
    assertThat(fixture.warnings("listen: gpu-01:9595\n" + BOTH_TOKENS + QUIET))
        .containsExactly("listen: without tls the secrets of auth cross the network in clear text");
  }

  @Test
  void saysThatACooldownOutlastsABudget() {
    String budgets = "policy: {cooldown: 2h, budgets: [{max: 7, per: 1d}, {max: 3, per: 90m}]}\n";

    assertThat(fixture.warnings(budgets + QUIET))
        .containsExactly(
            "policy.cooldown: is longer than a budget's window of 1h30m, which can therefore never"
                + " be used up");
  }

  @Test
  void saysThatATargetIsNeverAllowedToAct() {
    String days = "    not_during: [Mon-Fri 08:00-24:00, 'Sat,Sun 00:00-24:00']\n";
    String week =
        "    not_during: [Mon-Fri 20:00-08:00, Mon-Sun 08:00-20:00, Fri-Sun 19:00-09:00]\n";
    assertThat(fixture.warnings(QUIET + week))
        .containsExactly(
            "targets[0].not_during: covers the whole week, so gpu-01 is never restarted");
    assertThat(fixture.warnings(QUIET + days)).isEmpty();
  }

  @Test
  void saysThatTwoTargetsShareAUrl() {
    assertThat(fixture.warnings(QUIET + "  - {name: b, match: {instance: b}, unit: b.service}\n"))
        .containsExactly(
            "targets[1].ollama_url: targets[0] (gpu-01) has the same URL, so the recovery of one"
                + " will be taken for the other's");
  }

  @Test
  void saysThatACommandIsNotThere() {
    assertThat(
            fixture.warnings(
                "alertmanager_url: http://am:9093\n"
                    + "targets: [{name: a, match: {x: y}, restart_command: [/no/such, x]}]"))
        .containsExactly(
            "targets[0].restart_command[0]: the program does not exist or is not executable");
  }
}
