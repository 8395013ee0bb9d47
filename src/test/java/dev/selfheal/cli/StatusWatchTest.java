package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Pauser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusWatchTest {
  private static final String TARGETS = "GET /api/v1/targets?limit=1000";

  private final List<Duration> pauses = new ArrayList<>();
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
    receiver
        .answers("GET /api/v1/incidents?state=open&limit=1000", 200, "{\"incidents\":[]}")
        .answers("GET /api/v1/attempts?limit=10", 200, "{\"attempts\":[]}");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  /** Somebody presses Ctrl-C in the pause with this number. */
  private Pauser until(int last) {
    return time -> {
      pauses.add(time);
      if (pauses.size() == last) {
        throw new InterruptedException("by the test");
      }
    };
  }

  private Ran watch(boolean terminal, int times, String... more) {
    Surroundings around = new Surroundings(Map.of(), until(times), terminal);
    Ran ran = Ran.in(around, Args.of("status", more, "--url", receiver.url()));
    assertThat(Thread.interrupted()).isTrue();
    return ran;
  }

  private void targets(String... names) {
    for (String name : names) {
      receiver.answers(TARGETS, 200, "{\"targets\":[{\"name\":\"" + name + "\"}]}");
    }
  }

  @Test
  void writesABlockEachTimeWhereNobodyLooks() {
    targets("one", "two");
    Ran ran = watch(false, 2, "--watch");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).doesNotContain("\u001b");
    assertThat(ran.out().split("\n\n(?=2)", -1))
        .hasSize(2)
        .allMatch(block -> block.matches("(?s)2\\S+Z, each 2s\nTARGET .*No attempts yet\\.\n*"));
    assertThat(ran.out()).containsSubsequence("one", "two");
    assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  @Test
  void writesThePageAnewInItsPlaceOnATerminal() {
    targets("one", "two");
    String out = watch(true, 2, "--watch").out();
    assertThat(out).startsWith("\u001b[H\u001b[J\u001b[?7l\u001b[1;1H\u001b[K2");
    assertThat(out.split("\u001b\\[1;1H", -1)).hasSize(3);
    assertThat(out).containsSubsequence("\u001b[2;1H\u001b[KTARGET", "\u001b[3;1H\u001b[Kone");
    assertThat(out).endsWith("\u001b[J\u001b[?7h");
  }

  @Test
  void aTerminalThatIsTooSmallIsNeverScrolledSoThatProblemsStayAtTheTop() {
    targets("one");
    assertThat(watch(true, 2, "--watch").out()).doesNotContain("\n");
  }

  @Test
  void saysThatTheReceiverDoesNotAnswerAndGoesOn() {
    receiver.answers(TARGETS, 503, "{\"error\":\"the disk is full\"}");
    targets("back");
    Ran ran = watch(false, 2, "--watch", "7");
    assertThat(ran.out())
        .startsWith(
            """
            the receiver cannot do it now: the disk is full; see journalctl -u selfheal
            It is asked again in 7s.

            """)
        .contains("back");
    assertThat(ran.err()).isEmpty();
    receiver.close();
    pauses.clear();
    assertThat(watch(false, 2, "--watch").out()).contains("no receiver answers at");
  }

  @Test
  void writesAnObjectEachTimeForScripts() {
    targets("one");
    Ran ran = watch(true, 2, "--watch", "--json");
    assertThat(ran.out().split("\"targets\"", -1)).hasSize(3);
    assertThat(ran.out()).doesNotContain("\u001b");
  }

  @Test
  void takesOnlyARhythmThatMakesSense() {
    for (String seconds : List.of("0", "-1", "3601")) {
      Ran ran = Ran.with("status", "--watch=" + seconds, "--url", receiver.url());
      assertThat(ran)
          .isEqualTo(new Ran(2, "", "selfheal status: --watch takes 1 to 3600 seconds\n"));
    }
  }
}
