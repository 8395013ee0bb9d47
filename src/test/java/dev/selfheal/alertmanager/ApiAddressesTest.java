package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressesTest {
  private static final String ALERTS =
      "/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true";

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9093,          http://127.0.0.1:9093",
    "http://127.0.0.1:9093/,         http://127.0.0.1:9093",
    "https://am.invalid/deep/am,     https://am.invalid/deep/am",
    "https://am.invalid/deep/am//,   https://am.invalid/deep/am",
    "http://[::1]:9093/am,           http://[::1]:9093/am",
  })
  void standsBelowTheBaseWithOrWithoutAPath(URI base, String root) {
    ApiAddresses addresses = ApiAddresses.below(base, Set.of());
    assertThat(addresses.alerts()).hasToString(root + ALERTS);
    assertThat(addresses.status()).hasToString(root + "/api/v2/status");
  }

  @Test
  void asksForTheConfiguredNamesOnly() {
    URI base = URI.create("http://127.0.0.1:9093");
    assertThat(ApiAddresses.below(base, Set.of("OllamaFrozen", "OllamaDown")).alerts())
        .hasToString(base + ALERTS + "&filter=alertname%3D%7E%22OllamaDown%7COllamaFrozen%22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a\"b", "a|b", "a b", "é", ""})
  void asksForAllWhenANameWouldNeedQuoting(String name) {
    URI base = URI.create("http://127.0.0.1:9093");
    assertThat(ApiAddresses.below(base, Set.of("OllamaFrozen", name)).alerts())
        .hasToString(base + ALERTS);
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
        .isThrownBy(() -> ApiAddresses.below(base, Set.of()))
        .withMessageStartingWith("The Alertmanager URL cannot be used: ")
        .withMessageNotContainingAny("secret");
  }
}
