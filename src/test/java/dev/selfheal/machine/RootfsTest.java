package dev.selfheal.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.testkit.ToolRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootfsTest {

  @Test
  void anOrdinaryUserIsToldHowToRunTheTests() {
    assertThatThrownBy(() -> Rootfs.requireRoot(1000))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("sudo sh src/dev/test.sh")
        .hasMessageContaining("-Dit.test=!dev.selfheal.machine.*IT");
    assertThatCode(() -> Rootfs.requireRoot(0)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/dev/rootfs.sh",
        "src/test/resources/dev/selfheal/machine/machine.sh",
        "src/test/resources/dev/selfheal/machine/lan.sh"
      })
  void shellcheckHasNothingToSay(String script) {
    String file = Path.of(script).toAbsolutePath().toString();
    assertThat(ToolRun.shellcheck("-s", "sh", file)).isEqualTo(new ToolRun(0, ""));
  }
}
