package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final StringWriter written = new StringWriter();
  private long now;

  @Test
  void aLineBearsTheSecondsSinceTheBeginningAndSinceTheFreeze() {
    Screen screen = screen(false);
    pass(Duration.ofMillis(1300));
    screen.step(Mark.ANSWERING, "3 requests");
    screen.freezes();
    pass(Duration.ofMillis(61_250));
    screen.step(Mark.EVIDENCE, "45.3 s");
    screen.more("beside it");
    assertThat(written.toString().lines())
        .containsExactly(
            "   1.3 s             answering  3 requests",
            "  62.6 s    +61.3 s  evidence   45.3 s",
            "                                beside it");
  }

  @Test
  void whereLinesCannotBeReplacedAWaitingLineComesNowAndThenAndNoControlCharacter() {
    Screen screen = screen(false);
    for (int i = 0; i < 250; i++) {
      screen.waiting("for round " + i);
      pass(Duration.ofMillis(100));
    }
    screen.step(Mark.ALERT, "told");
    screen.chapter("Freeze 2");
    screen.end();
    assertThat(written.toString().lines())
        .containsExactly(
            "  10.0 s             waiting    for round 100",
            "  20.0 s             waiting    for round 200",
            "  25.0 s             alert      told",
            "",
            "Freeze 2");
    assertThat(written.toString().replace("\n", "")).matches("[ -~]*");
  }

  @Test
  void aLineThatWasJustWrittenNeedsNoWaitingLine() {
    Screen screen = screen(false);
    pass(Screen.SELDOM.minusMillis(1));
    screen.step(Mark.ALERT, "told");
    pass(Screen.SELDOM.minusMillis(1));
    screen.waiting("for more");
    assertThat(written.toString().lines()).hasSize(1);
  }

  @Test
  void onATerminalTheWaitingLineIsReplacedAndTakenBack() {
    Screen screen = screen(true);
    screen.waiting("one");
    screen.waiting("two");
    screen.step(Mark.PROOF, "proven");
    String clear = "\r\u001b[K";
    assertThat(written.toString())
        .isEqualTo(
            clear
                + "\u001b[?7l\u001b[2m   0.0 s             waiting    one\u001b[0m\u001b[?7h"
                + clear
                + "\u001b[?7l\u001b[2m   0.0 s             waiting    two\u001b[0m\u001b[?7h"
                + clear
                + "   0.0 s             \u001b[32mproof    \u001b[0m  proven\n");
  }

  @Test
  void theLastWaitingLineIsTakenBackAtTheEnd() {
    Screen screen = screen(true);
    screen.waiting("for ever");
    screen.end();
    assertThat(written.toString()).endsWith("\r\u001b[K");
  }

  private Screen screen(boolean live) {
    return new Screen(new PrintWriter(written), live, () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
