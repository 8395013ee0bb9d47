package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void versionNamesTheProgramAndItsVersionOnOneLine() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "--version")).isZero();
    assertThat(out.toString()).matches("selfheal [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
                                        ! selfheal: no command given (see selfheal --help)
          --no-such-option              ! selfheal: unknown option '--no-such-option' (see selfheal --help)
          stauts                        ! selfheal: unknown command 'stauts'; did you mean status? (see selfheal --help)
          status --jsn                  ! selfheal status: unknown option '--jsn'; did you mean --json? (see selfheal status --help)
          status gpu-01                 ! selfheal status: unexpected 'gpu-01' (see selfheal status --help)
          status --config.file          ! selfheal status: missing required parameter for option '--config.file' (PATH) (see selfheal status --help)
          restart                       ! selfheal restart: missing required parameter: 'TARGET' (see selfheal restart --help)
          restart gpu-01 --dry-run --wait ! selfheal restart: --dry-run, --wait are mutually exclusive (specify only one) (see selfheal restart --help)
          pause                         ! selfheal pause: missing required argument (specify one of these): (TARGET | --all) (see selfheal pause --help)
          resume                        ! selfheal resume: missing required argument (specify one of these): (TARGET | --all) (see selfheal resume --help)
          pause gpu-01 --all            ! selfheal pause: TARGET, --all are mutually exclusive (specify only one) (see selfheal pause --help)
          check-config -x               ! selfheal check-config: unknown option '-x' (see selfheal check-config --help)
          """)
  void tellsAUsageErrorInOneLineWithAHintToTheHelpAndExitsWithTwo(String words, String line) {
    Ran ran = Ran.with(words == null ? new String[0] : words.split(" "));
    assertThat(ran.err().lines()).containsExactly(line);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"check-config", "status", "pause", "resume", "restart", "serve", "exporter"})
  void everyCommandTakesAConfigurationFileAndExplainsItself(String command) {
    Ran ran = Ran.with(command, "--help");
    assertThat(ran.out()).contains("Usage: selfheal " + command, "--config.file=PATH");
    assertThat(ran.code()).isZero();
  }

  @Test
  void whatIsTypedCannotReachTheTerminalAsAControlSequence() {
    assertThat(Ran.with("\u001b[31mstatus").err()).doesNotContain("\u001b");
  }
}
