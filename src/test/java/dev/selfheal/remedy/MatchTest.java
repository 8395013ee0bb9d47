package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which alerts concern a target. */
class MatchTest {

  @Test
  void everyLabelGivenMustBeEqual() {
    Match match = Match.on(Map.of("instance", "gpu-01:9100", "env", "prod"));
    assertThat(match.matches(Map.of("instance", "gpu-01:9100", "env", "prod", "gpu", "0")))
        .isTrue();
    assertThat(match.matches(Map.of("instance", "gpu-01:9100", "env", "test"))).isFalse();
    assertThat(match.matches(Map.of("instance", "GPU-01:9100", "env", "prod"))).isFalse();
  }

  @Test
  void aMissingLabelMatchesNothing() {
    Match match = Match.on(Map.of("instance", "gpu-01:9100", "env", "prod"));
    assertThat(match.matches(Map.of("instance", "gpu-01:9100"))).isFalse();
    assertThat(match.matches(Map.of())).isFalse();
  }

  @Test
  void anEmptyMatchMatchesNothing() {
    assertThat(Match.on(Map.of()).matches(Map.of())).isFalse();
    assertThat(Match.on(Map.of()).matches(Map.of("instance", "gpu-01:9100"))).isFalse();
  }

  @Test
  void anEmptyValueMatchesNothing() {
    Match match = Match.on(Map.of("instance", ""));
    assertThat(match.matches(Map.of("instance", ""))).isFalse();
    assertThat(match.matches(Map.of())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpu-01", "gpu-01:9100", "GPU-01:9100", "gpu-01.example.org:9100", "192.0.2.7:9100",
        "[::1]:9100", "::1", "[::1]", "[0:0:0:0:0:0:0:1]:9100", "[2001:db8::7]:9100",
        "[2001:DB8:0:0::7]:9100", "2001:db8::7", "[fe80::1]:9100", "[fe80::1%eth0]:9100"
      })
  void theBuiltInTargetKnowsItsHostInEverySpelling(String instance) {
    assertThat(builtIn().matches(Map.of("instance", instance))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":9100",
        "gpu-02:9100",
        "gpu-01x:9100",
        "gpu-01.example.com:9100",
        "192.0.2.70:9100",
        "[::2]:9100",
        "[::1",
        "[]:9100",
        "[2001:db8::8]:9100",
        "::",
        ":::1",
        "1::1::1",
        "2001:db8:0:0:0:0:0:0:7",
        "[::g]:9100",
        "[::ffff:192.0.2.7]:9100"
      })
  void theBuiltInTargetLeavesOtherHostsAlone(String instance) {
    assertThat(builtIn().matches(Map.of("instance", instance))).isFalse();
    assertThat(builtIn().matches(Map.of())).isFalse();
  }

  @Test
  void anInstanceOfAnyLengthIsLookedAtBriefly() {
    assertThat(builtIn().matches(Map.of("instance", ":".repeat(65_536)))).isFalse();
  }

  @Test
  void labelsAndHostsMustBothMatch() {
    Match match = new Match(Map.of("job", "ollama"), List.of("gpu-01"));
    assertThat(match.matches(Map.of("job", "ollama", "instance", "gpu-01:9100"))).isTrue();
    assertThat(match.matches(Map.of("job", "other", "instance", "gpu-01:9100"))).isFalse();
    assertThat(match.matches(Map.of("job", "ollama", "instance", "gpu-02:9100"))).isFalse();
  }

  /** Spelled as Java spells the names and addresses of a host. */
  private static Match builtIn() {
    return new Match(
        Map.of(),
        List.of(
            "gpu-01",
            "gpu-01.example.org",
            "192.0.2.7",
            "0:0:0:0:0:0:0:1",
            "2001:db8:0:0:0:0:0:7",
            "fe80:0:0:0:0:0:0:1%eth0"));
  }
}
