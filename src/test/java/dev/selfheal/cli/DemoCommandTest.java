package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoCommandTest {

  @Test
  void namesWhatToInstallBeforeItStartsAnything() {
    Ran ran =
        Ran.in(
            new Surroundings(Map.of("PATH", "/nowhere:/nor/here"), time -> {}, false),
            "demo",
            "--with-prometheus");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "selfheal demo: this needs prometheus, prometheus-alertmanager,"
                + " prometheus-node-exporter, ss on the PATH: apt-get install prometheus"
                + " prometheus-alertmanager prometheus-node-exporter iproute2\n");
  }

  @Test
  void needsNothingOfPrometheusIfItIsNotAskedFor() {
    Ran ran =
        Ran.in(new Surroundings(Map.of("PATH", "/nowhere"), time -> {}, false), "demo", "--fast");
    assertThat(ran.err())
        .isEqualTo("selfheal demo: this needs ss on the PATH: apt-get install iproute2\n");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(Ran.with("demo", "--slow").code()).isEqualTo(2);
  }
}
