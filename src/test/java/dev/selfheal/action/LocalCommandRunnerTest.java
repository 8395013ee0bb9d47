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
import java.util.concurrent.atomic.AtomicReference;
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
  void stopsTheCommandWhenItIsInterrupted() throws Exception {
    Path pids = folder.resolve("pids");
    AtomicReference<Object> ended = new AtomicReference<>("not ended");
    Thread thread =
        new Thread(
            () -> {
              try {
                ended.set(runner.run(sh("echo $$ > " + pids + "; yes"), LONG));
              } catch (InterruptedException e) {
                ended.set("interrupted");
              }
            });
    thread.start();
    await().until(() -> Files.exists(pids) && Files.size(pids) > 1);
    thread.interrupt();
    thread.join(10_000);
    assertThat(ended).hasValue("interrupted");
    assertThatAllEnd(pids);
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
