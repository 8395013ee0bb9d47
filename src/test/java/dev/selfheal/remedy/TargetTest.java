package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a target's locks and deadlines hang on. */
class TargetTest {

  private static final RecoveryLimits LIMITS =
      new RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10));

  @Test
  void theDeadlineIsAMinuteForTheActAndTheTimesOfRecovery() {
    assertThat(target("a", new Control("ollama.service", List.of())).attemptLimit())
        .isEqualTo(Duration.ofMinutes(13));
    assertThat(Target.DEADLINE_MARGIN).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aRenamedTargetKeepsItsActuator() {
    Control unit = new Control("ollama.service", List.of());
    assertThat(target("new", unit).actuator()).isEqualTo(target("old", unit).actuator());
  }

  @Test
  void theUnitIsTheActuatorThoughACommandRestartsIt() {
    assertThat(target("a", new Control("ollama.service", List.of("kick"))).actuator())
        .isEqualTo(Actuator.ofUnit("local", "ollama.service"));
  }

  @Test
  void commandsAreOneActuatorOnlyIfAllTheirWordsAreEqual() {
    Actuator one = Actuator.ofCommand("local", List.of("docker", "restart", "ollama"));
    assertThat(one.key())
        .isEqualTo(Actuator.ofCommand("local", List.of("docker", "restart", "ollama")).key())
        .isNotEqualTo(Actuator.ofCommand("local", List.of("docker", "restart ollama")).key())
        .isNotEqualTo(Actuator.ofCommand("gpu-02", List.of("docker", "restart", "ollama")).key())
        .isNotEqualTo(Actuator.ofUnit("local", "docker").key());
  }

  @Test
  void needsAUnitOrACommand() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Control(null, List.of()));
  }

  private static Target target(String name, Control control) {
    Match match = Match.on(Map.of("instance", "a"));
    return new Target(name, match, control, URI.create("http://127.0.0.1:11434"), LIMITS);
  }
}
