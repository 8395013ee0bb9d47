package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenConfigTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1", "localhost", "LocalHost"})
  void knowsLoopback(String host) {
    assertThat(new ListenConfig(host, 0).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "127.1"
      })
  void takesEverythingElseForReachable(String host) {
    assertThat(new ListenConfig(host, 0).isLoopback()).isFalse();
  }

  @Test
  void readsAnIpv6AddressWithoutItsBrackets(@TempDir Path folder) {
    assertThat(
            new ConfigFixture(folder).loaded("listen: '[::1]:0'\n" + ConfigFixture.TARGET).listen())
        .isEqualTo(new ListenConfig("::1", 0));
  }
}
