package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.probe.ToolResult.Ended;
import dev.selfheal.exporter.probe.ToolResult.Missing;
import dev.selfheal.exporter.probe.ToolResult.NotStarted;
import dev.selfheal.exporter.probe.ToolResult.Stuck;
import dev.selfheal.exporter.probe.ToolResult.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes. */
@Timeout(30)
class LocalToolRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Long enough for a shell to begin its work on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final LocalToolRunner runner = new LocalToolRunner(System::nanoTime);

  @TempDir private Path folder;

  @Test
  void keepsStatusOutputAndErrorsApart() throws Exception {
    assertThat(runner.run(sh("echo out; echo err >&2; exit 3"), LONG))
        .isEqualTo(new Ended(3, "out\n", "err\n", true));
  }

  @Test
  void speaksEnglishAndInheritsNothing() throws Exception {
    Ended env = (Ended) runner.run(List.of("env"), LONG);
    assertThat(env.output().lines())
        .containsExactlyInAnyOrder(
            "LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  @Test
  void keepsMoreThanAPipeHolds() throws Exception {
    Ended ended = (Ended) runner.run(List.of("seq", "100000"), LONG);
    assertThat(ended.good()).isTrue();
    assertThat(ended.output()).hasSize(588_895).endsWith("\n99999\n100000\n");
  }

  @Test
  void keepsFourMebibytesAndSaysThatThereWasMore() throws Exception {
    Ended ended = (Ended) runner.run(List.of("head", "-c", "5000000", "/dev/zero"), LONG);
    assertThat(ended.output()).hasSize(4 << 20);
    assertThat(ended.good()).isFalse();
    assertThat(ended.why()).startsWith("ended with status 0 and wrote too much");
  }

  @Test
  void saysThatAProgramIsNotThere() throws Exception {
    assertThat(runner.run(List.of("no-such-program"), LONG)).isEqualTo(new Missing());
  }

  @Test
  void saysThatAProgramMayNotBeRun() throws Exception {
    assertThat(runner.run(List.of(folder.toString()), LONG)).isInstanceOf(NotStarted.class);
  }

  @Test
  void killsAProgramThatIgnoresTheAskingAndWhatItStarted() throws Exception {
    Path pids = folder.resolve("pids");
    ToolResult result =
        runner.run(
            sh("trap '' TERM; sleep 97 & echo $$ $! > " + pids + "; while :; do sleep 1; done"),
            SHORT);
    assertThat(result).isEqualTo(new TimedOut(SHORT));
    await().untilAsserted(() -> assertThat(handles(pids)).noneMatch(LocalToolRunnerTest::runs));
  }

  @Test
  void canBeUsedAgainAfterAKill() throws Exception {
    assertThat(runner.run(sh("sleep 96"), Duration.ofMillis(100))).isInstanceOf(TimedOut.class);
    assertThat(runner.run(sh("echo again"), LONG)).isEqualTo(new Ended(0, "again\n", "", true));
  }

  @Test
  void killsAProgramThatWritesForEver() throws Exception {
    assertThat(runner.run(List.of("yes"), SHORT)).isInstanceOf(TimedOut.class);
  }

  @Test
  void doesNotWaitForAPipeThatAChildHoldsOpen() throws Exception {
    Path pids = folder.resolve("pids");
    ToolResult result = runner.run(sh("sleep 95 & echo $! > " + pids + "; echo done"), LONG);
    assertThat(result).isEqualTo(new Ended(0, "done\n", "", true));
    handles(pids).forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void neverStartsAProgramAgainWhileOneCannotBeKilled() throws Exception {
    List<ProcessHandle> spared = new ArrayList<>();
    LocalToolRunner weak = new LocalToolRunner(System::nanoTime, spared::add);
    Path made = folder.resolve("made");
    assertThat(weak.run(sh("exec sleep 94"), Duration.ofMillis(100))).isInstanceOf(TimedOut.class);
    ProcessHandle stuck = spared.get(0);

    assertThat(weak.run(sh("touch " + made), LONG)).isEqualTo(new Stuck(stuck.pid()));
    assertThat(weak.run(List.of("true"), LONG)).as("another one").isInstanceOf(Ended.class);
    assertThat(made).doesNotExist();

    stuck.destroyForcibly();
    stuck.onExit().join();
    assertThat(weak.run(sh("touch " + made), LONG)).isInstanceOf(Ended.class);
    assertThat(made).exists();
  }

  @Test
  void countsWhatTheProgramStartedAsStuckToo() throws Exception {
    List<ProcessHandle> spared = new ArrayList<>();
    LocalToolRunner weak = new LocalToolRunner(System::nanoTime, spared::add);
    weak.run(sh("sleep 93; :"), SHORT);
    assertThat(spared).hasSize(2);
    spared.get(0).destroyForcibly();
    spared.get(0).onExit().join();
    assertThat(weak.run(sh(":"), LONG)).isEqualTo(new Stuck(spared.get(1).pid()));
    spared.get(1).destroyForcibly();
    await().until(() -> weak.run(sh(":"), LONG) instanceof Ended);
  }

  @Test
  void killsTheProgramWhenItIsInterrupted() throws Exception {
    Path pids = folder.resolve("pids");
    AtomicReference<Object> ended = new AtomicReference<>("not ended");
    Thread thread = new Thread(() -> ended.set(outcome(sh("echo $$ > " + pids + "; sleep 92; :"))));
    thread.start();
    await().until(() -> Files.exists(pids) && Files.size(pids) > 1);
    thread.interrupt();
    thread.join(10_000);
    assertThat(ended).hasValue("interrupted");
    await().untilAsserted(() -> assertThat(handles(pids)).noneMatch(LocalToolRunnerTest::runs));
  }

  @Test
  void startsNothingForAThreadThatIsInterruptedAlready() {
    Path made = folder.resolve("made");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> runner.run(List.of("touch", made.toString()), LONG))
        .isInstanceOf(InterruptedException.class);
    assertThat(made).doesNotExist();
  }

  @Test
  void saysInOneLineWhatWentWrong() {
    assertThat(new Ended(9, "", "\n\u001b[31mNVML: bad\nmore", true).why())
        .isEqualTo("ended with status 9: ?[31mNVML: bad");
    assertThat(new Ended(255, "on stdout", "", true).why())
        .isEqualTo("ended with status 255: on stdout");
    assertThat(new TimedOut(Duration.ofSeconds(5)).why())
        .isEqualTo("did not end within 5000 ms and was killed");
  }

  private Object outcome(List<String> argv) {
    try {
      return runner.run(argv, LONG);
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private static List<String> sh(String script) {
    return List.of("sh", "-c", script);
  }

  /** A zombie does not run. */
  private static boolean runs(ProcessHandle handle) {
    return handle.isAlive() && !ProcFolder.HOST.isZombie(handle.pid());
  }

  private static List<ProcessHandle> handles(Path pids) throws IOException {
    return List.of(Files.readString(pids).strip().split(" ")).stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .toList();
  }
}
