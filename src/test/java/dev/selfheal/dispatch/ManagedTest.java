package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.RemediationPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManagedTest {

  @Test
  void mayDoNothingWithATargetThatItWasToldNothingAbout() {
    Managed managed =
        new Managed(
            List.of(Fleet.target(0)),
            Set.of("OllamaFrozen"),
            Map.of(),
            new RemediationPolicy(Fleet.LIMITS));
    assertThat(managed.permission(Fleet.target(0)).mode()).isEqualTo(Mode.OBSERVE);
  }
}
