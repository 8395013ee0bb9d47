package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRoutesTest {

  private static final Credentials SECRETS =
      new Credentials(Map.of(Role.OPERATOR, "a token"), List.of());

  @ParameterizedTest
  @CsvSource({
    "OPEN, true, true",
    "OPEN, false, true",
    "METRICS, true, true",
    "METRICS, false, false",
    "OPERATOR, true, false",
    "WEBHOOK, true, false"
  })
  void metricsAreOpenOnLoopbackAloneAndStateEverywhere(Role role, boolean loopback, boolean open) {
    assertThat(new Access(() -> SECRETS, loopback).isOpen(Set.of(role))).isEqualTo(open);
  }
}
