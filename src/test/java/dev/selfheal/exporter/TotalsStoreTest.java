package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TotalsStoreTest {
  private static final Totals SOME =
      new Totals(
          Map.of("2xx", 5L, "4xx", 1L),
          Duration.ofMillis(1234),
          Map.of(new RunnerId(222, 5000), Duration.ofSeconds(1)),
          Map.of("no_answer", 1L));

  @TempDir private Path folder;

  @Test
  void anotherExporterGoesOnWhereTheLastEnded() {
    new TotalsStore(file()).save(SOME);
    assertThat(new TotalsStore(file()).load()).isEqualTo(SOME);
  }

  @Test
  void startsAtZeroWithoutAFile() {
    assertThat(new TotalsStore(file()).load()).isEqualTo(Totals.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\u0000",
        "{",
        "[]",
        "null",
        "{\"format\":2}",
        "{\"format\":1,\"runner_cpu_ms\":-1}",
        "{\"format\":1,\"runner_cpu_ms\":1e300}",
        "{\"format\":1,\"runner_cpu_ms\":9007199254740993}",
        "{\"format\":1,\"runner_cpu_ms\":0,\"completed\":{\"2xx\":\"many\"}}",
        "{\"format\":1,\"runner_cpu_ms\":0,\"runners\":[7]}"
      })
  void startsAnewWithADamagedFileAndMendsIt(String content) throws IOException {
    Files.writeString(file(), content);
    TotalsStore store = new TotalsStore(file());
    assertThat(store.load()).isEqualTo(Totals.NONE);
    store.save(SOME);
    assertThat(store.load()).isEqualTo(SOME);
  }

  @Test
  void keepsNoLabelThatItDoesNotKnow() throws IOException {
    Files.writeString(
        file(), "{\"format\":1,\"runner_cpu_ms\":0,\"completed\":{\"2xx\":1,\"evil\\n\":9}}");
    assertThat(new TotalsStore(file()).load().completed()).hasToString("{2xx=1, 4xx=0, 5xx=0}");
  }

  @Test
  void goesOnWhereItCannotWrite() {
    TotalsStore store = new TotalsStore(folder.resolve("no/state.json"));
    store.save(SOME);
    store.save(Totals.NONE);
    assertThat(store.load()).isEqualTo(Totals.NONE);
    assertThat(folder).isEmptyDirectory();
  }

  private Path file() {
    return folder.resolve("state.json");
  }

  @Test
  void saysWhatKindOfFailureKeepsItFromReadingAndWhatToDo() throws IOException {
    Files.createSymbolicLink(file(), file());
    try (RecordedLog log = new RecordedLog(TotalsStore.class.getName())) {
      assertThat(new TotalsStore(file()).load()).isEqualTo(Totals.NONE);
      assertThat(log.lines())
          .singleElement(STRING)
          .contains("cannot be read (FileSystemException: ")
          .endsWith("let the exporter's user read it, or remove it");
    }
  }
}
