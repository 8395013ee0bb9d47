package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.remedy.Target.Control;
import dev.selfheal.remedy.Target.RecoveryLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  @Test
  void theActuatorOfAnotherHostIsItsUnitThere() {
    Control remote = new Control("ollama.service", List.of(), ssh("GPU-02", 2222, null));
    assertThat(target("a", remote).actuator())
        .isEqualTo(Actuator.ofUnit("gpu-02:2222", "ollama.service"));
    Control address = new Control("ollama.service", List.of(), ssh("::1", 22, null));
    assertThat(target("a", address).actuator().host()).isEqualTo("[::1]:22");
  }

  @Test
  void theActuatorOfAnotherHostWithoutAUnitIsItsCommand() {
    Control remote = new Control(null, List.of(), ssh("gpu-02", 22, "'kick'"));
    assertThat(target("a", remote).actuator())
        .isEqualTo(Actuator.ofCommand("gpu-02:22", List.of("'kick'")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control(null, List.of(), ssh("gpu-02", 22, null)));
  }

  @Test
  void aTargetOfAnotherHostHasNoCommandOfThisOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Control("a.service", List.of("kick"), ssh("gpu-02", 22, null)));
  }

  private static Target.Ssh ssh(String host, int port, @Nullable String command) {
    Target.SshFiles files = new Target.SshFiles(Path.of("/id"), Path.of("/known"));
    return new Target.Ssh(host, port, "selfheal", files, command);
  }

  private static Target target(String name, Control control) {
    Match match = Match.on(Map.of("instance", "a"));
    return new Target(name, match, control, URI.create("http://127.0.0.1:11434"), LIMITS);
  }
}
