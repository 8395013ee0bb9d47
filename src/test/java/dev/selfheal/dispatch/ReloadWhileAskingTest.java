package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.RemediationPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration changes while Alertmanager is asked whether an old alert still holds. */
class ReloadWhileAskingTest {
  private static final Duration OLD = Duration.ofMinutes(15);

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(1));
    receiver.dispatch.operator().pause(null, OLD, "until the news are old");
    receiver.hears(Fleet.firing(0));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  /** Alertmanager says that it still fires, and takes so long that the answer comes after this. */
  private void reloadsMeanwhile(Managed other) {
    receiver.alertmanager =
        () -> {
          receiver.managed = other;
          return new ActiveAlerts.Known(Set.of(Fleet.fingerprint(0)), Set.of(), null);
        };
    receiver.after(OLD);
    assertThat(receiver.asked).hasSize(1);
  }

  @Test
  void restartsNothingThatIsOnlyToBeObservedByThen() {
    RemediationPolicy policy = new RemediationPolicy(Fleet.LIMITS);
    reloadsMeanwhile(
        new Managed(List.of(Fleet.target(0)), Set.of("OllamaFrozen"), Mode.OBSERVE, policy));
    assertThat(receiver.running()).isZero();
    assertThat(receiver.attempts()).containsExactly("observed");
  }

  @Test
  void restartsNoTargetThatIsGoneByThen() {
    reloadsMeanwhile(Fleet.of(List.of(Fleet.target(1)), Fleet.LIMITS));
    assertThat(receiver.running()).isZero();
    assertThat(receiver.incidents()).containsExactly("closed target_removed");
  }
}
