package dev.selfheal.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final AlertKey KEY = new AlertKey("0123456789abcdef", Instant.EPOCH);

  @Test
  void isNamedByItsAlertnameLabel() {
    assertThat(alert(Map.of("alertname", "OllamaFrozen")).name()).isEqualTo("OllamaFrozen");
  }

  @Test
  void hasTheEmptyNameWithoutAnAlertnameLabel() {
    assertThat(alert(Map.of("instance", "gpu-01")).name()).isEmpty();
  }

  @Test
  void doesNotSeeLaterChangesOfTheGivenMaps() {
    Map<String, String> labels = new HashMap<>(Map.of("alertname", "OllamaFrozen"));
    Alert alert = new Alert(KEY, AlertStatus.FIRING, labels, labels);
    labels.put("instance", "gpu-01");
    assertThat(alert.labels()).containsOnlyKeys("alertname");
    assertThat(alert.annotations()).containsOnlyKeys("alertname");
  }

  @Test
  void refusesChangesOfItsMaps() {
    Alert alert = alert(Map.of("alertname", "OllamaFrozen"));
    assertThatThrownBy(() -> alert.labels().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> alert.annotations().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Alert alert(Map<String, String> labels) {
    return new Alert(KEY, AlertStatus.FIRING, labels, Map.of());
  }
}
