package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.FakeOllamaProcess;
import dev.selfheal.testkit.Loopback;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The receiver is killed at random moments and started again on the same ledger, while alerts pour
 * in. The system property {@code selfheal.seed} repeats the choices of an earlier run, though not
 * its timing.
 */
@Timeout(240)
class KillNineIT {
  private static final int KILLS = 51;
  private static final int LONGEST_MILLIS_AFTER_READY = 600;
  private static final int LONGEST_MILLIS_AFTER_START = 1_500;

  @RegisterExtension final RealPrograms programs = new RealPrograms();
  @TempDir private Path folder;

  private final long seed = Long.getLong("selfheal.seed", new Random().nextInt(1_000_000));
  private final Random random = new Random(seed);

  @Test
  void killedAtAnyMomentItLosesNoAlertAndRestartsNothingBeyondItsLimits() throws Exception {
    System.out.println("KillNineIT: to make the same choices again, -Dselfheal.seed=" + seed);
    ReceiverHome home = programs.add(new ReceiverHome());
    FakeOllamaProcess ollama = programs.add(new FakeOllamaProcess(folder));
    StormyFleet fleet = new StormyFleet(folder.resolve("restarts.log"));
    home.configure(fleet.config(ollama.uri().toString(), "http://" + Loopback.freeAddress()));
    Storm storm = programs.add(Storm.begin(home.client(), fleet.targets(), seed));
    for (int kill = 0; kill < KILLS; kill++) {
      startAndKill(home, kill % 3 == 0);
    }
    programs.add(ReceiverProcess.ready(home));
    await("restarts come to an end again, good or bad")
        .atMost(Duration.ofSeconds(30))
        .until(() -> outcomes(home).containsAll(Set.of("recovered", "not_recovered")));
    storm.calm();
    await("every incident ends with its alerts")
        .atMost(Duration.ofSeconds(30))
        .until(() -> openIncidents(home) == 0);
    new Verdict(LedgerFile.read(home.ledger()), fleet).judge(storm.told());
  }

  /** The life of one process; a hasty one is killed without regard to whether it is ready. */
  private void startAndKill(ReceiverHome home, boolean hasty) {
    ReceiverProcess receiver = programs.add(ReceiverProcess.start(home));
    if (!hasty) {
      receiver.awaitReady();
    }
    int longest = hasty ? LONGEST_MILLIS_AFTER_START : LONGEST_MILLIS_AFTER_READY;
    boolean ended = receiver.endsWithin(Duration.ofMillis(random.nextInt(longest + 1)));
    assertThat(ended).as(() -> "ended by itself:\n" + receiver.log()).isFalse();
    receiver.kill();
  }

  private static Set<String> outcomes(ReceiverHome home) throws IOException {
    return home.client().attempts().stream()
        .map(attempt -> attempt.path("outcome").asText())
        .collect(Collectors.toSet());
  }

  private static int openIncidents(ReceiverHome home) throws IOException {
    return home.client().get("/api/v1/incidents?state=open").json().path("incidents").size();
  }
}
