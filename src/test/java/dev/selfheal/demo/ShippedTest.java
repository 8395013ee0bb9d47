package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShippedTest {

  @Test
  void theJarHoldsWhatOperatorsAreGiven() throws IOException {
    assertThat(Shipped.text("shipped/selfhealing_rules.yml"))
        .isEqualTo(Files.readString(Path.of("rules/selfhealing_rules.yml")));
    assertThat(Shipped.text("shipped/alertmanager.yml"))
        .isEqualTo(Files.readString(Path.of("alertmanager/alertmanager.yml")));
  }

  @Test
  void aFileThatHasChangedIsNoticed() {
    Shipped file = new Shipped("rules.yml", "interval: 5s\n");
    assertThatThrownBy(() -> file.with("interval: 7s", "interval: 1s"))
        .hasMessageContaining("rules.yml")
        .hasMessageContaining("interval: 7s");
  }

  @Test
  void nothingButWhatIsNamedIsChanged() throws IOException {
    Shipped file = new Shipped("rules.yml", "a: 1\ninterval: 5s\n").with("interval: 5s", "x");
    assertThat(file.text()).isEqualTo("a: 1\nx\n");
  }
}
