package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllProblemsTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void reportsEveryProblemOfAFileInTheOrderOfTheDocument() {
    String yaml =
        """
        recovery: {canary: 7, timeout: soon}
        listen: 0.0.0.0:9595
        targets:
          - name: gpu-01
            match: {instance: ""}
            unit: ollama
          - name: gpu-01
            match: {instance: b, job: 7}
            ollama_url: ftp://b
            ssh: {host: b, user: c, known_hosts: 7}
        policy:
          cooldwn: 60s
          settle: ${NOT_SET}
          settle: 1m
          budgets: [{max: 0, per: 91d}, 5]
        """;

    assertThat(fixture.errors(yaml))
        .containsExactly(
            "recovery.canary: expected true or false, found the number 7",
            "recovery.timeout: expected a duration such as 15s or 1m30s, found \"soon\"",
            "listen: anyone who reaches this address could restart Ollama; configure auth, or"
                + " listen on 127.0.0.1",
            "targets[0].match.instance: must not be empty",
            "targets[0].unit: must be the name of a service, such as ollama.service",
            "targets[1].name: targets[0] has the same name; give each its own",
            "targets[1].match.job: expected text (put it in quotes), found the number 7",
            "targets[1].ollama_url: must begin with http:// or https://",
            "targets[1].ssh.identity_file: is required",
            "targets[1].ssh.known_hosts: expected a file name (put it in quotes), found the number 7",
            "policy.cooldwn: is not a known key; did you mean cooldown?",
            "policy.settle: the environment variable NOT_SET is not set",
            "policy.settle: is set twice; keep one",
            "policy.budgets[0].max: expected a number from 1 to 1000, found the number 0",
            "policy.budgets[0].per: expected a duration from 1ms to 90d, found \"91d\"",
            "policy.budgets[1]: expected a mapping, found the number 5");
  }

  @Test
  void reportsTwoMissingKeysOfOneTarget() {
    assertThat(fixture.errors("targets: [{unit: ollama.service}]"))
        .containsExactly("targets[0].name: is required", "targets[0].match: is required");
  }

  @Test
  void comparesTargetsThatHaveOtherProblems() {
    String yaml =
        """
        targets:
          - {name: a, match: {instance: x}, unit: ollama.service, ollama_url: 5}
          - {name: "", match: {instance: x}, unit: ollama.service}
        """;

    assertThat(fixture.errors(yaml))
        .containsExactly(
            "targets[0].ollama_url: expected a URL such as http://127.0.0.1:11434 (put it in"
                + " quotes), found the number 5",
            "targets[1].name: must not be empty",
            "targets[1].match: every alert that matches also matches targets[0] (a), and an alert"
                + " that matches two targets restarts neither",
            "targets[1].unit: targets[0] (a) restarts by the same unit; make them one target");
  }

  @Test
  void doesNotCallAnAddressOpenWhoseAuthIsMerelyWrong() {
    String yaml = "listen: 0.0.0.0:1\nauth: {webhook_token_file: nowhere}\n" + ConfigFixture.TARGET;

    assertThat(fixture.errors(yaml))
        .containsExactly("auth.webhook_token_file: " + folder + "/nowhere does not exist");
  }

  @Test
  void comparesTargetsAlthoughOneIsNoMapping() {
    String yaml =
        """
        targets:
          - {name: a, match: {instance: x}, unit: ollama.service}
          - 5
          - {name: a, match: {instance: y}, unit: b.service}
        """;

    assertThat(fixture.errors(yaml))
        .containsExactly(
            "targets[1]: expected a mapping, found the number 5",
            "targets[2].name: targets[0] has the same name; give each its own");
  }
}
