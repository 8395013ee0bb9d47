package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProbeTest {
  private static final String ASKED = "systemctl show -p MainPID --value ollama.service";
  private static final String[] SERVE = {"/usr/local/bin/ollama", "serve"};

  private final FakeTools tools = new FakeTools();
  private long now = -5;

  @TempDir private Path folder;
  private FakeProc proc = new FakeProc(Path.of(""));
  private ProcessProbe probe = probe("ollama.service");

  @BeforeEach
  void make() {
    proc = new FakeProc(folder);
    proc.process(1, 0, 1, "/sbin/init").process(77, 1, 5, "/bin/sh", "-c", "ollama serve");
    tools.answer("0\n");
    probe = probe("ollama.service");
  }

  @Test
  void findsTheMainProcessOfTheUnitWhateverItsName() throws Exception {
    tools.answer("40\n");
    proc.process(40, 1, 900, "/opt/wrapped", "go");
    assertThat(servePid()).isEqualTo(40);
    assertThat(tools.calls()).containsExactly(ASKED);
  }

  @Test
  void doesNotAskAgainWhileTheServerIsThere() throws Exception {
    tools.answer("40\n");
    proc.process(40, 1, 900, SERVE);
    for (int i = 0; i < 100; i++) {
      assertThat(servePid()).isEqualTo(40);
      now += Duration.ofSeconds(5).toNanos();
    }
    assertThat(tools.calls()).hasSize(1);
  }

  @Test
  void asksAgainWhenTheNumberWasGivenToAnotherProcess() throws Exception {
    tools.answer("40\n");
    proc.process(40, 1, 900, SERVE);
    assertThat(servePid()).isEqualTo(40);
    proc.process(40, 1, 901, "/bin/cat").process(41, 1, 902, SERVE);
    tools.answer("41\n");
    assertThat(servePid()).isEqualTo(41);
    assertThat(tools.calls()).hasSize(2);
  }

  @Test
  void asksInEachRoundOfTheFirstMinuteAndThenOnceAMinute() throws Exception {
    for (int i = 0; i < 12; i++) {
      assertThat(processes()).isEqualTo(new Processes(null, List.of()));
      now += Duration.ofSeconds(5).toNanos();
    }
    assertThat(tools.calls()).hasSize(12);
    for (int i = 0; i < 120; i++) {
      assertThat(processes().serve()).isNull();
      now += Duration.ofSeconds(5).toNanos();
    }
    assertThat(tools.calls()).hasSizeBetween(12 + 10, 12 + 11);
    proc.process(40, 1, 900, SERVE);
    now += Duration.ofMinutes(1).toNanos();
    assertThat(servePid()).isEqualTo(40);
  }

  @Test
  void followsARestart() throws Exception {
    tools.answer("40\n");
    proc.process(40, 1, 900, SERVE).process(41, 40, 901, "llama-server", "--port", "7");
    assertThat(processes().runners()).hasSize(1);
    proc.end(40);
    tools.answer("0\n");
    assertThat(processes()).isEqualTo(new Processes(null, List.of()));
    proc.process(50, 1, 950, SERVE);
    tools.answer("50\n");
    assertThat(processes().runners()).as("the orphan belongs to nobody").isEmpty();
    assertThat(servePid()).isEqualTo(50);
  }

  @Test
  void findsTheServerByItsCommandLineWhereSystemdDoesNotKnowIt() throws Exception {
    tools.answer(new ToolResult.Missing());
    proc.process(40, 30, 900, SERVE).file("40/cgroup", "0::/system.slice/docker-ab12.scope\n");
    proc.process(41, 40, 901, "/usr/bin/ollama", "runner", "--port", "4").state('S', 42, 1, 9);
    assertThat(servePid()).isEqualTo(40);
  }

  @Test
  void doesNotTakeTheServerOfAnotherUnitForItsOwn() throws Exception {
    probe = probe("ollama@a.service");
    proc.process(40, 1, 900, SERVE);
    proc.file("40/cgroup", "0::/system.slice/system-ollama.slice/ollama@b.service\n");
    assertThat(processes().serve()).isNull();
    proc.file("40/cgroup", "0::/user.slice/user-0.slice/session-3.scope\n");
    assertThat(servePid()).as("one that was begun by hand").isEqualTo(40);
  }

  @Test
  void doesNotChooseBetweenSeveral() throws Exception {
    probe = probe(null);
    proc.process(40, 1, 900, SERVE).process(41, 1, 901, "ollama", "serve", "--x");
    assertThat(probe.read())
        .isEqualTo(
            new Reading.Unknown<>(
                "2 processes look like the server of Ollama (pids 40, 41); set exporter.unit, or"
                    + " an exporter.process that matches only one"));
    assertThat(tools.calls()).isEmpty();
    proc.end(40);
    assertThat(servePid()).isEqualTo(41);
  }

  @Test
  void saysThatSystemdDoesNotAnswer() throws Exception {
    tools.answer(new ToolResult.TimedOut(Duration.ofSeconds(2)));
    assertThat(probe.read())
        .isEqualTo(
            new Reading.Unknown<>(
                "systemctl did not end within 2000 ms and was killed; ollama.service cannot be"
                    + " found"));
    proc.process(40, 1, 900, SERVE);
    assertThat(servePid()).as("it is found without systemd").isEqualTo(40);
  }

  @Test
  void saysThatTheServerCannotBeSeen() throws Exception {
    tools.answer("4711\n");
    assertThat(((Reading.Unknown<Processes>) probe.read()).why())
        .startsWith("process 4711, the main process of ollama.service, cannot be read in /proc");
  }

  @Test
  void findsNothingInAnAnswerThatIsNoNumber() throws Exception {
    tools.answer("[not set]\n");
    assertThat(processes().serve()).isNull();
    tools.answer(new ToolResult.Ended(1, "", "System has not been booted with systemd\n", true));
    assertThat(processes().serve()).isNull();
  }

  @Test
  void listsTheRunnersInTheOrderOfTheirNumbers() throws Exception {
    proc.process(40, 1, 900, SERVE)
        .process(102, 40, 902, "/lib/llama-server", "--model", "/b/sha256-2", "--port", "2002")
        .process(101, 40, 901, "/bin/ollama", "runner", "--model", "/b/x", "--port", "2001")
        .process(103, 40, 903, "/bin/sh")
        .process(104, 1, 904, "/lib/llama-server", "--port", "2004")
        .process(105, 101, 905, "/lib/llama-server", "--port", "2005");
    List<RunnerProcess> runners = processes().runners();
    assertThat(runners.stream().map(RunnerProcess::port)).containsExactly(2001, 2002);
    assertThat(runners.get(0).dialect()).isEqualTo(Dialect.POOLED);
    assertThat(runners.get(1).dialect()).isEqualTo(Dialect.CONNECTION_PER_CALL);
    assertThat(runners.get(1).blob()).isEqualTo("sha256-2");
    assertThat(runners.get(1).stat().cpu()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void readsTheListsOfChildrenWhereTheKernelHasThem() throws Exception {
    proc.process(40, 1, 900, SERVE)
        .file("40/task/40/children", "")
        .file("40/task/44/children", "101 103 ")
        .process(101, 40, 901, "llama-server", "--port", "2001")
        .process(102, 40, 902, "llama-server", "--port", "2002")
        .process(103, 9, 903, "llama-server", "--port", "2003");
    assertThat(processes().runners().stream().map(RunnerProcess::port))
        .as("102 is in no list, 103 is another's by now")
        .containsExactly(2001);
    proc.file("40/task/44/children", "");
    assertThat(processes().runners()).as("a list may leave one out").hasSize(1);
  }

  @Test
  void noticesARunnerThatComesLaterOrTakesAnotherShape() throws Exception {
    proc.process(40, 1, 900, SERVE).process(101, 40, 901, SERVE);
    assertThat(processes().runners()).as("not yet a program of its own").isEmpty();
    proc.process(101, 40, 901, "llama-server", "--port", "2001");
    proc.process(102, 40, 902, "llama-server", "--port", "2002");
    assertThat(processes().runners()).hasSize(2);
    proc.end(101);
    proc.process(102, 40, 999, "llama-server", "--port", "2003");
    assertThat(processes().runners().stream().map(RunnerProcess::port)).containsExactly(2003);
  }

  @Test
  void noticesARunnerWithTheNumberOfAnOldStranger() throws Exception {
    proc.process(40, 1, 900, SERVE).process(101, 1, 901, "/bin/cat");
    assertThat(processes().runners()).isEmpty();
    proc.process(101, 40, 999, "llama-server", "--port", "2001");
    for (int i = 0; i < 12; i++) {
      processes();
    }
    assertThat(processes().runners()).hasSize(1);
  }

  @Test
  void keepsARunnerWhoseCommandLineCanNoLongerBeRead() throws Exception {
    proc.process(40, 1, 900, SERVE).process(101, 40, 901, "llama-server", "--port", "2001");
    assertThat(processes().runners()).hasSize(1);
    proc.hideCommandLine(101);
    proc.state('Z', 101, 40, 901);
    assertThat(processes().runners().get(0).stat().state()).isEqualTo(ProcessState.ZOMBIE);
    assertThat(processes().runners().get(0).port()).isEqualTo(2001);
  }

  @Test
  void doesNotThrowWhereThereIsNoProc() throws Exception {
    proc = new FakeProc(folder.resolve("nowhere"));
    probe = probe(null);
    assertThat(processes()).isEqualTo(new Processes(null, List.of()));
  }

  private ProcessProbe probe(@Nullable String unit) {
    return new ProcessProbe(
        new ServeMarks(unit, ServeMarks.OLLAMA_SERVE),
        tools,
        Duration.ofSeconds(2),
        proc.root(),
        () -> now);
  }

  private Processes processes() throws InterruptedException {
    Reading<Processes> reading = probe.read();
    assertThat(reading).isInstanceOf(Reading.Known.class);
    return ((Reading.Known<Processes>) reading).value();
  }

  private long servePid() throws InterruptedException {
    Processes processes = ((Reading.Known<Processes>) probe.read()).value();
    assertThat(processes.serve()).isNotNull();
    return processes.serve() == null ? 0 : processes.serve().pid();
  }
}
