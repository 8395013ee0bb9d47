package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpansionTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void expandsVariablesInsideTextsListsAndMappings() {
    Config config =
        fixture.loaded(
            """
            listen: ${ADDRESS}:9595
            policy:
              budgets: [{max: "${MAX}", per: "${HOURS}h"}]
              fleet: {max_share: "${SHARE}"}
            targets:
              - name: a
                match: {instance: "${HOST}:${PORT}"}
                restart_command: [restart, "${HOST}"]
            """,
            Map.of(
                "ADDRESS", "127.0.0.2",
                "MAX", "4",
                "HOURS", "2",
                "SHARE", "0.5",
                "HOST", "gpu-01",
                "PORT", "9100"));

    assertThat(config.listen().host()).isEqualTo("127.0.0.2");
    assertThat(config.policy().budgets()).extracting(BudgetConfig::max).containsExactly(4);
    assertThat(config.policy().fleet().maxShare()).isEqualTo(0.5);
    assertThat(config.targets().get(0).match()).containsEntry("instance", "gpu-01:9100");
    assertThat(config.targets().get(0).restartCommand()).containsExactly("restart", "gpu-01");
  }

  @Test
  void leavesEscapedReferencesAndLoneDollarsAlone() {
    assertThat(commandWith("$${HOST} $HOST $$ ${HOST}")).isEqualTo("${HOST} $HOST $$ gpu-01");
  }

  @Test
  void doesNotExpandWhatAVariableHolds() {
    assertThat(commandWith("${NESTED}")).isEqualTo("${HOST}\\1$0");
  }

  @Test
  void namesEveryVariableThatIsNotSet() {
    String yaml = "listen: ${ONE}:${TWO}\nmode: ${THREE}\n" + ConfigFixture.TARGET;

    assertThat(fixture.errors(yaml))
        .containsExactly(
            "listen: the environment variable ONE is not set",
            "listen: the environment variable TWO is not set",
            "mode: the environment variable THREE is not set");
  }

  @Test
  void doesNotShowWhatAVariableHolds() {
    String yaml = "policy: {cooldown: '${HOST}'}\n" + ConfigFixture.TARGET;

    assertThat(fixture.load(yaml, Map.of("HOST", "confidential")))
        .isEqualTo(
            new LoadResult.Rejected(
                List.of(
                    new Problem(
                        "policy.cooldown",
                        "expected a duration such as 15s or 1m30s, found \"${HOST}\""))));
  }

  @Test
  void doesNotShowATokenThatWasGivenInsteadOfItsFile() {
    String yaml = "auth: {webhook_token_file: '${TOKEN}'}\n" + ConfigFixture.TARGET;

    assertThat(fixture.load(yaml, Map.of("TOKEN", "s3cret")))
        .isEqualTo(
            new LoadResult.Rejected(
                List.of(new Problem("auth.webhook_token_file", "\"${TOKEN}\" does not exist"))));
  }

  private String commandWith(String argument) {
    Config config =
        fixture.loaded(
            "targets: [{name: a, match: {x: y}, restart_command: [echo, '%s']}]"
                .formatted(argument),
            Map.of("HOST", "gpu-01", "NESTED", "${HOST}\\1$0"));
    return config.targets().get(0).restartCommand().get(1);
  }
}
