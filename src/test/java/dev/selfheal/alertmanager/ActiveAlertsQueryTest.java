package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveAlertsQueryTest {
  private static final String STATES =
      "/api/v2/alerts?active=true&silenced=false&inhibited=false&unprocessed=false";

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9093,          http://127.0.0.1:9093",
    "http://127.0.0.1:9093/,         http://127.0.0.1:9093",
    "https://am.invalid/deep/am,     https://am.invalid/deep/am",
    "https://am.invalid/deep/am//,   https://am.invalid/deep/am",
    "http://[::1]:9093/am,           http://[::1]:9093/am",
  })
  void standsBelowTheBaseWithOrWithoutAPath(URI base, String root) {
    assertThat(ActiveAlertsQuery.below(base, Set.of())).hasToString(root + STATES);
  }

  @Test
  void asksForTheConfiguredNamesOnly() {
    URI base = URI.create("http://127.0.0.1:9093");
    assertThat(ActiveAlertsQuery.below(base, Set.of("OllamaFrozen", "OllamaDown")))
        .hasToString(base + STATES + "&filter=alertname%3D%7E%22OllamaDown%7COllamaFrozen%22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a\"b", "a|b", "a b", "é", ""})
  void asksForAllWhenANameWouldNeedQuoting(String name) {
    URI base = URI.create("http://127.0.0.1:9093");
    assertThat(ActiveAlertsQuery.below(base, Set.of("OllamaFrozen", name)))
        .hasToString(base + STATES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://am.invalid",
        "am.invalid:9093",
        "/api",
        "http:///api",
        "http://root:secret@am.invalid",
        "http://am.invalid?x=1",
        "http://am.invalid#x",
      })
  void refusesABaseThatIsNoAddressOfAnAlertmanager(URI base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ActiveAlertsQuery.below(base, Set.of()))
        .withMessageStartingWith("The Alertmanager URL cannot be used: ")
        .withMessageNotContainingAny("secret");
  }
}
