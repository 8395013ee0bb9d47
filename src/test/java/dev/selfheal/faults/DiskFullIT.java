package dev.selfheal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.Answer;
import dev.selfheal.testkit.Loopback;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A disk on which no file can grow any more, made with the limit on the size of files. */
@Timeout(120)
class DiskFullIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TROUBLE = "nothing is restarted until this is mended";

  private static final AtomicInteger UNIQUE = new AtomicInteger();

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void nothingIsAcceptedOrRestartedUntilThereIsSpaceAgain() throws Exception {
    ReceiverHome home = programs.add(new ReceiverHome());
    home.configure(Homes.target(home));
    // Kibibytes; SQLite's library, which is unpacked into a file, must fit.
    List<String> limited = List.of("bash", "-c", "ulimit -S -f 2048 && exec \"$@\"", "bash");
    ReceiverProcess receiver = programs.add(ReceiverProcess.startThrough(home, limited));
    receiver.awaitReady();
    fill(home);
    String filled = receiver.log();
    assertThat(filled).contains(TROUBLE);
    assertRefusesEverything(home);
    assertThat(home.read(Homes.RESTARTS)).isEmpty();
    assertThat(receiver.log()).as("nothing new, so nothing is said").isEqualTo(filled);

    run("prlimit", "--pid", "" + receiver.pid(), "--fsize=unlimited:");
    await("the receiver is ready again").atMost(LIMIT).until(home.client()::isReady);
    assertThat(home.client().notify(Notification.of("gpu-01").toString()).status()).isEqualTo(200);
    await("the restart").atMost(LIMIT).until(() -> !home.read(Homes.RESTARTS).isEmpty());
    String mended = receiver.log().substring(filled.length());
    assertThat(mended).containsOnlyOnce("the ledger can be used again").doesNotContain(TROUBLE);
    assertThat(receiver.log()).doesNotContain("\tat ");
  }

  /** Alerts that are over open no incident, and yet are written down. */
  private static void fill(ReceiverHome home) throws IOException {
    for (int size = 2_000; size > 0; size /= 10) {
      while (home.client().notify(resolved(size)).status() == 200) {
        assertThat(Files.size(home.ledger())).as("the ledger").isLessThan(3 << 20);
      }
    }
    // The trial of the ledger is the smallest write of all.
    await("not even a trial can be written").atMost(LIMIT).until(() -> !home.client().isReady());
  }

  private static String resolved(int count) {
    Notification body = Notification.empty();
    for (int i = 0; i < count; i++) {
      String number = "" + UNIQUE.incrementAndGet();
      body.alert(Notification.RESOLVED, Map.of("instance", "gpu-01:9100", "number", number));
    }
    return body.toString();
  }

  private static void assertRefusesEverything(ReceiverHome home) throws IOException {
    for (int i = 0; i < 5; i++) {
      Answer news = home.client().notify(Notification.of("gpu-01").toString());
      assertThat(news.status()).as(news.body()).isEqualTo(503);
      Answer order = home.client().post("/api/v1/remediations", "{\"target\":\"gpu-01\"}");
      assertThat(order.status()).as(order.body()).isEqualTo(503);
    }
    URI base = URI.create("http://" + home.address());
    assertThat(Loopback.get(base.resolve("/-/ready")).status()).isEqualTo(503);
    assertThat(Loopback.get(base.resolve("/-/healthy")).status()).isEqualTo(200);
    assertThat(Loopback.get(base.resolve("/metrics")).body()).contains("\nselfheal_ledger_up 0.0");
    assertThat(home.client().incidents()).isEmpty();
    assertThat(home.client().attempts()).isEmpty();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
