package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Gpus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An nvidia-smi that is late, as the runner of programs tells it. */
class RunnerToolTest {
  private static final String BUSY = "0, GPU-0, Disabled, NVIDIA L4, 90, 1, 2, 3, 4, P0\n";
  private static final ToolResult LATE = new ToolResult.TimedOut(NvidiaProbe.LIMIT);

  private final Map<List<String>, ToolResult> results = new HashMap<>();
  private final NvidiaProbe probe =
      NvidiaProbe.with(
          (argv, limit) -> results.getOrDefault(argv, new ToolResult.NotStarted("not told to")));

  private static ToolResult says(String text) {
    return new ToolResult.Ended(0, text, "", true);
  }

  private Gpus when(ToolResult list) throws InterruptedException {
    results.put(NvidiaProbe.LIST, list);
    return probe.read();
  }

  @Test
  void aToolThatIsLateButCanBeKilledLosesNoGpu() throws InterruptedException {
    assertThat(when(LATE))
        .isEqualTo(
            new Gpus.Unreadable(
                "nvidia-smi took longer than 5 s: turn on persistence mode (nvidia-smi -pm 1), or"
                    + " see dmesg for NVRM"));
  }

  @Test
  void aToolThatSurvivesItsKillIsALossUntilItIsGone() throws InterruptedException {
    assertThat(when(LATE)).isInstanceOf(Gpus.Unreadable.class);
    assertThat(when(new ToolResult.Stuck(4711))).isInstanceOf(Gpus.Lost.class);
    assertThat(when(new ToolResult.Stuck(4711))).isInstanceOf(Gpus.Lost.class);
    assertThat(when(says(BUSY.replace(" 90,", " 0,")))).isInstanceOf(Gpus.Seen.class);
  }

  @Test
  void aLatePmonIsAskedAgainWhenTheCardIsNextBusy() throws InterruptedException {
    results.put(NvidiaProbe.PMON, LATE);
    assertThat(when(says(BUSY))).isInstanceOf(Gpus.Unreadable.class);
    results.put(NvidiaProbe.PMON, says(Recorded.text("pmon-old.txt")));
    assertThat(((Gpus.Seen) probe.read()).attribution())
        .isEqualTo(PmonOutput.parse(Recorded.text("pmon-old.txt")).orElseThrow());
  }

  @Test
  void aCardThatIsMissingAfterALateRoundIsStillMissed() throws InterruptedException {
    String both = BUSY.replace(" 90,", " 0,") + "1, GPU-1, Disabled, X, 0, 1, 2, 3, 4, P8\n";
    assertThat(when(says(both))).isInstanceOf(Gpus.Seen.class);
    assertThat(when(LATE)).isInstanceOf(Gpus.Unreadable.class);
    assertThat(when(says(BUSY))).isInstanceOf(Gpus.Lost.class);
  }

  @Test
  void nothingMoreIsAskedInARoundThatIsLate() throws InterruptedException {
    FakeTools tools = new FakeTools();
    tools.answer(new ToolResult.TimedOut(Duration.ofSeconds(5)));
    assertThat(NvidiaProbe.with(tools).read()).isInstanceOf(Gpus.Unreadable.class);
    assertThat(tools.calls()).hasSize(1);
  }
}
