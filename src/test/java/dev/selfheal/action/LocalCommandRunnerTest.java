package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.CommandResult.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real processes. */
@Timeout(30)
class LocalCommandRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Long enough for a shell to begin its work on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final LocalCommandRunner runner = new LocalCommandRunner(System::nanoTime);

  @TempDir private Path folder;

  @Test
  void keepsStatusAndBothStreams() throws Exception {
    assertThat(shell("echo out; echo err >&2; exit 3")).isEqualTo(new Exited(3, "out\nerr"));
  }

  @Test
  void reportsASignalAsAStatus() throws Exception {
    assertThat(shell("kill -9 $$")).isEqualTo(new Exited(137, ""));
  }

  @Test
  void passesWordsOnWithoutAShell() throws Exception {
    List<String> argv = List.of("printf", "%s|", "$HOME", "a b", "; rm -rf x", "*", "`id`", "");
    assertThat(runner.run(argv, LONG)).isEqualTo(new Exited(0, "$HOME|a b|; rm -rf x|*|`id`||"));
  }

  @Test
  void inheritsNothingFromTheEnvironment() throws Exception {
    assertThat(System.getenv()).hasSizeGreaterThan(2);
    CommandResult result = runner.run(List.of("env"), LONG);
    assertThat(((Exited) result).output().lines())
        .containsExactlyInAnyOrder(
            "LANG=C.UTF-8", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  @Test
  void givesNothingToReadAndARootToWorkIn() throws Exception {
    assertThat(shell("cat; pwd")).isEqualTo(new Exited(0, "/"));
  }

  @Test
  void doesNotStartWhatDoesNotExist() throws Exception {
    CommandResult result = runner.run(List.of("/nowhere/restart-it"), LONG);
    assertThat(((NotStarted) result).why())
        .contains("/nowhere/restart-it")
        .contains("No such file");
  }

  @Test
  void doesNotStartWhatIsNotExecutable() throws Exception {
    Path file = Files.writeString(folder.resolve("restart.sh"), "#!/bin/sh\n");
    CommandResult result = runner.run(List.of(file.toString()), LONG);
    assertThat(((NotStarted) result).why()).contains("Permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\0"})
  void doesNotStartWithANulByteInAWord(String word) throws Exception {
    assertThat(runner.run(List.of("echo", word), LONG)).isInstanceOf(NotStarted.class);
  }

  @Test
  void keepsTheEndsOfAHundredMegabytes() throws Exception {
    CommandResult result = shell("echo begin; head -c 100000000 /dev/zero; echo; echo end; exit 4");
    assertThat(result).isInstanceOf(Exited.class);
    Exited exited = (Exited) result;
    assertThat(exited.status()).isEqualTo(4);
    assertThat(exited.output())
        .startsWith("begin\n")
        .endsWith("\nend")
        .contains("[" + (100_000_000L + 6 + 5 - 8192) + " bytes left out]")
        .hasSizeLessThan(8300);
  }

  @Test
  void stopsACommandThatWritesForEver() throws Exception {
    CommandResult result = runner.run(List.of("yes"), SHORT);
    assertThat(result).isInstanceOf(TimedOut.class);
    assertThat(((TimedOut) result).output()).startsWith("y\ny\n").hasSizeLessThan(8300);
  }

  @Test
  void stopsACommandAndItsDescendantsWhenTheTimeIsOver() throws Exception {
    Path pids = folder.resolve("pids");
    CommandResult result =
        runner.run(
            sh("echo working; sleep 97 & echo $! $$ > " + pids + "; sleep 98; exit 0"), SHORT);
    assertThat(result).isEqualTo(new TimedOut("working"));
    assertThatAllEnd(pids);
  }

  @Test
  void killsWhatDoesNotEndWhenAsked() throws Exception {
    Path pids = folder.resolve("pids");
    CommandResult result =
        runner.run(
            sh("trap 'echo asked' TERM; echo $$ > " + pids + "; while :; do sleep 0.05; done"),
            SHORT);
    assertThat(((TimedOut) result).output()).contains("asked");
    assertThatAllEnd(pids);
  }

  @Test
  void doesNotWaitForAProcessThatIsLeftBehindWithTheOutputOpen() throws Exception {
    Path pids = folder.resolve("pids");
    CommandResult result = shell("sleep 96 & echo $! > " + pids + "; echo done");
    assertThat(result).isEqualTo(new Exited(0, "done"));
    ProcessHandle left = handles(pids).get(0);
    assertThat(left.isAlive()).as("a server that the command started lives on").isTrue();
    left.destroyForcibly();
  }

  @Test
  void isNotKeptByAProcessThatIsLeftBehindAndWritesForEver() throws Exception {
    CommandResult result = shell("yes & echo done");
    assertThat(((Exited) result).status()).isZero();
  }

  @Test
  void stopsTheCommandAtOnceWhenItIsInterrupted() throws Exception {
    Path pids = folder.resolve("pids");
    Interrupted ended =
        interrupted(pids, () -> runner.run(sh("echo $$ > " + pids + "; yes"), LONG));
    assertThat(ended.result()).isInstanceOf(InterruptedException.class);
    assertThatAllEnd(pids);
  }

  @Test
  void letsACommandThatActsFinishWhenItIsInterrupted() throws Exception {
    Path pids = folder.resolve("pids");
    Path gate = folder.resolve("gate");
    String script =
        "echo $$ > " + pids + "; until [ -e " + gate + " ]; do sleep 0.05; done; echo done";
    Interrupted ended =
        interrupted(
            pids, () -> runner.finish(sh(script), LONG), thread -> openWhenSeen(thread, gate));
    assertThat(ended).isEqualTo(new Interrupted(new Exited(0, "done"), true));
  }

  @Test
  void stopsACommandThatActsWhenItsLastChanceIsOver() throws Exception {
    Path pids = folder.resolve("pids");
    LocalCommandRunner hasty = new LocalCommandRunner(System::nanoTime, Duration.ofMillis(300));
    Interrupted ended =
        interrupted(pids, () -> hasty.finish(sh("echo $$ > " + pids + "; exec sleep 94"), LONG));
    assertThat(ended.result()).isInstanceOf(InterruptedException.class);
    assertThatAllEnd(pids);
  }

  /** The interrupt has been taken when its flag is gone and the command still runs. */
  private static void openWhenSeen(Thread thread, Path gate) throws IOException {
    await().until(() -> !thread.isInterrupted());
    assertThat(thread.isAlive()).isTrue();
    Files.createFile(gate);
  }

  /**
   * What came of a call whose thread was interrupted.
   *
   * @param result what it returned or threw
   * @param flag whether the thread's interrupt was set afterwards
   */
  private record Interrupted(@Nullable Object result, boolean flag) {}

  private interface Then {
    void run(Thread thread) throws IOException;
  }

  private static Interrupted interrupted(Path pids, Callable<CommandResult> call) throws Exception {
    return interrupted(pids, call, thread -> {});
  }

  /** Interrupts the call's thread once the command has written its number. */
  private static Interrupted interrupted(Path pids, Callable<CommandResult> call, Then then)
      throws Exception {
    CompletableFuture<Interrupted> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Object result;
              try {
                result = call.call();
              } catch (Exception e) {
                result = e;
              }
              ended.complete(new Interrupted(result, Thread.currentThread().isInterrupted()));
            });
    thread.start();
    await().until(() -> Files.exists(pids) && Files.size(pids) > 1);
    thread.interrupt();
    then.run(thread);
    return ended.get(10, TimeUnit.SECONDS);
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
  void leavesNoThreadBehindThatReads() throws Exception {
    shell("sleep 95 & echo $! > " + folder.resolve("pids"));
    ProcessHandle left = handles(folder.resolve("pids")).get(0);
    boolean reading =
        Thread.getAllStackTraces().values().stream()
            .flatMap(Arrays::stream)
            .anyMatch(frame -> frame.getClassName().endsWith("ProcessPipeInputStream"));
    left.destroyForcibly();
    assertThat(reading).isFalse();
  }

  private CommandResult shell(String script) throws InterruptedException {
    return runner.run(sh(script), LONG);
  }

  private static List<String> sh(String script) {
    return List.of("sh", "-c", script);
  }

  private static void assertThatAllEnd(Path pids) throws IOException {
    // A process that ended but whose new parent has not noticed is alive to Java, not to anyone
    // else.
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(handles(pids)).noneMatch(LocalCommandRunnerTest::runs));
  }

  private static boolean runs(ProcessHandle handle) {
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<ProcessHandle> handles(Path pids) throws IOException {
    return List.of(Files.readString(pids).strip().split(" ")).stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .toList();
  }
}
