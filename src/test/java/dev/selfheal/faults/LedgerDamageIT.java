package dev.selfheal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class LedgerDamageIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PAGE = 4096;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void aLedgerThatIsDamagedWhileInUseEndsTheProgramAndRestartsNothing() throws Exception {
    ReceiverHome home = programs.add(new ReceiverHome());
    home.configure(Homes.target(home));
    try (ReceiverProcess first = ReceiverProcess.ready(home)) {
      assertThat(home.client().notify(manyResolved()).status()).isEqualTo(200);
      first.terminate();
      assertThat(first.endsWithin(LIMIT)).isTrue();
    }
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    overwriteAllButTheFirstPage(home);
    assertThat(home.client().notify(Notification.of("gpu-01").toString()).status()).isEqualTo(503);
    assertThat(receiver.endsWithin(LIMIT)).as("it ends by itself").isTrue();
    assertThat(receiver.exitCode()).isEqualTo(1);
    assertThat(receiver.log()).containsOnlyOnce("is damaged").contains("put back a copy");
    assertThat(receiver.log()).doesNotContain("\tat ");
    assertThat(home.read(Homes.RESTARTS)).isEmpty();

    ReceiverProcess next = programs.add(ReceiverProcess.start(home));
    assertThat(next.endsWithin(LIMIT)).as("and does not start again").isTrue();
    assertThat(next.exitCode()).isEqualTo(1);
  }

  /** Enough rows that no cache holds them all. */
  private static String manyResolved() {
    Notification body = Notification.empty();
    for (int i = 0; i < 3_000; i++) {
      Map<String, String> labels = Map.of("instance", "gpu-01:9100", "number", "" + i);
      body.alert(Notification.RESOLVED, labels);
    }
    return body.toString();
  }

  private static void overwriteAllButTheFirstPage(ReceiverHome home) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(home.ledger().toFile(), "rw")) {
      byte[] garbage = new byte[PAGE];
      Arrays.fill(garbage, (byte) 0x55);
      for (long at = PAGE; at < file.length(); at += PAGE) {
        file.seek(at);
        file.write(garbage);
      }
    }
  }
}
