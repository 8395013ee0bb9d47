package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Host;
import dev.selfheal.action.Hosts;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AftermathTest {
  private static final PsModel MODEL = new PsModel("tiny", "", null, 2_000_000, 0, 4096);

  private final FrozenHost host = new FrozenHost();
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void end() {
    host.api.close();
  }

  private Aftermath aftermath(Hosts hosts) {
    Target target =
        new Target(
            "gpu-01",
            new Match(Map.of("instance", "gpu-01:9100"), List.of()),
            new Target.Control("ollama.service", List.of()),
            host.api.uri(),
            new Target.RecoveryLimits(Duration.ofSeconds(60), Duration.ofSeconds(60)));
    return new Aftermath(
        hosts,
        target,
        new DrillTools.Time(
            Clock.systemUTC(), nanos::get, time -> nanos.addAndGet(time.toNanos())));
  }

  /** Whoever ends a whole group of processes ends the first one, too. */
  @Test
  void anEndOfTheFreezeThatIsBrokenOffIsTriedAgain() throws InterruptedException {
    FrozenHost struck = new FrozenHost();
    struck.answerToThaw = new CommandResult.Exited(143, "");
    Iterator<Host> visits = List.<Host>of(struck, host).iterator();
    assertThat(aftermath(target -> visits.next()).letGo()).isEqualTo("the freeze is over");
    assertThat(host.orders).containsExactly("thaw");
    struck.api.close();
  }

  /** Another context length would have Ollama load the model once more. */
  @Test
  void theModelIsAskedWithTheContextThatItIsLoadedWith() throws InterruptedException {
    host.restart();
    assertThat(aftermath(host).answers(MODEL, true)).isTrue();
    assertThat(host.api.asked())
        .filteredOn(asked -> asked.path().equals("/api/generate"))
        .singleElement()
        .satisfies(asked -> assertThat(asked.body()).contains("\"num_ctx\":4096"));
  }

  @Test
  void aWayThatIsLostIsOpenedAnew() throws InterruptedException {
    host.restart();
    FrozenHost lost = new FrozenHost();
    lost.api.close();
    Iterator<Host> visits = List.<Host>of(lost, host).iterator();
    assertThat(aftermath(target -> visits.next()).answers(MODEL, true)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true, 180", "false, 60"})
  void aServerThatWasRestartedIsGivenTheTimeToLoadItsModel(boolean restarted, int seconds)
      throws InterruptedException {
    host.api.answer("/api/generate", 503, "");
    assertThat(aftermath(host).answers(MODEL, restarted)).isFalse();
    assertThat(Duration.ofNanos(nanos.get())).isEqualTo(Duration.ofSeconds(seconds));
  }
}
