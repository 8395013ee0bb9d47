package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdTest {
  @TempDir private Path folder;

  @Test
  void isNobodyWhereTheProgramWasNotStartedByIt() {
    assertThat(Systemd.of(Map.of(), System::nanoTime)).isSameAs(Supervisor.NONE);
  }

  @Test
  void saysHowLongSilenceMayLast() {
    assertThat(systemd("90000000").watchdog()).hasValue(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "soon", "99999999999999999999"})
  void hasNoWatchdogWithoutANumberOfMicroseconds(String micros) {
    assertThat(systemd(micros).watchdog()).isEmpty();
  }

  @Test
  void aSocketThatNobodyReadsIsToldOnce() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.app.Systemd")) {
      Supervisor nobody = systemd("");
      nobody.alive();
      nobody.alive();
      assertThat(log.lines("systemd does not hear of this service")).hasSize(1);
    }
  }

  private Supervisor systemd(String micros) {
    String socket = folder.resolve("nobody").toString();
    return Systemd.of(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", micros), System::nanoTime);
  }
}
