package dev.selfheal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DebianProgramTest {

  @Test
  void aMissingProgramFailsTheTestAndSaysWhatToInstall() {
    assertThatThrownBy(() -> DebianProgram.ALERTMANAGER.on("/nowhere:/nowhere/else"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "prometheus-alertmanager is not on the PATH; install the Debian package"
                + " prometheus-alertmanager: apt-get install prometheus-alertmanager");
  }

  @Test
  void aProgramIsFoundInTheFoldersOfThePath() {
    assertThat(DebianProgram.FLOCK.on("/nowhere:/usr/bin")).hasToString("/usr/bin/flock");
  }
}
