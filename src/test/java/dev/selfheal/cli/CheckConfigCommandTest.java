package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckConfigCommandTest {
  private static final String GOOD =
      """
      alertmanager_url: http://127.0.0.1:9093
      targets:
        - name: gpu-01
          match: {instance: "gpu-01:9100"}
          unit: ollama.service
      """;

  @TempDir private Path folder;

  @Test
  void saysInOneLineThatAFileIsGood() throws IOException {
    Ran ran = check(GOOD);
    assertThat(ran).isEqualTo(new Ran(0, file() + " is good: 1 target, 0 warnings\n", ""));
  }

  @Test
  void marksWarningsAndStillTakesTheFileForGood() throws IOException {
    Ran ran = check(GOOD.replaceFirst("alertmanager_url.*\\n", ""));
    assertThat(ran.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("warning: alertmanager_url: is not set"),
            line -> assertThat(line).isEqualTo(file() + " is good: 1 target, 1 warning"));
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void tellsEveryProblemAtOnceEachOnALineWithItsPath() throws IOException {
    Ran ran =
        check(GOOD.replace("gpu-01\n", "'gpu 01'\n").replace("ollama.service", "ollama") + "x: 1");
    assertThat(ran.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("targets[0].name: must be"),
            line -> assertThat(line).startsWith("targets[0].unit: must be"),
            line -> assertThat(line).startsWith("x: is not a known key"));
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void tellsThatTheFileDoesNotExist() {
    Ran ran = Ran.with("check-config", "--config.file=" + file());
    assertThat(ran)
        .isEqualTo(
            new Ran(2, "", "Cannot read the configuration " + file() + ": it does not exist\n"));
  }

  @Test
  void expandsTheVariablesOfItsEnvironment() throws IOException {
    Files.writeString(file(), GOOD.replace("9093", "${PORT}"));
    Surroundings around = new Surroundings(Map.of("PORT", "9094"), time -> {}, false);
    assertThat(Ran.in(around, "check-config", "--config.file=" + file()).code()).isZero();
    assertThat(Ran.with("check-config", "--config.file=" + file()).err())
        .isEqualTo("alertmanager_url: the environment variable PORT is not set\n");
  }

  @Test
  void takesAFileForTheExporterAloneForGoodAndSaysThatItIsNoneForTheReceiver() throws IOException {
    Ran ran = check("exporter: {interval: 5s}\n");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                0,
                file()
                    + " is good for `selfheal exporter`; it names no targets, so `selfheal serve`"
                    + " would refuse it\n",
                ""));
  }

  @Test
  void tellsEveryProblemOfAFileForTheExporterAlone() throws IOException {
    Ran ran = check("exporter: {interval: 1h, canry: true}\n");
    assertThat(ran.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("exporter.interval: expected a duration"),
            line -> assertThat(line).startsWith("exporter.canry: is not a known key"));
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void readsWhereSuchAHostsNodeExporterIs() throws IOException {
    String verify = "exporter: {interval: 5s}\nverify: {node_exporter_url: '%s'}\n";
    assertThat(check(verify.formatted("http://127.0.0.1:9101")).code()).isZero();
    assertThat(check(verify.formatted("odd")).err()).startsWith("verify.node_exporter_url: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen: 127.0.0.1:9595\nexporter: {interval: 5s}", "", "exportr: {}"})
  void asksForATargetInEveryOtherFileWithoutOne(String yaml) throws IOException {
    Ran ran = check(yaml);
    assertThat(ran.err()).contains("targets: at least one target is needed");
    assertThat(ran.code()).isEqualTo(2);
  }

  private Ran check(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return Ran.with("check-config", "--config.file=" + file());
  }

  private Path file() {
    return folder.resolve("selfheal.yml");
  }
}
