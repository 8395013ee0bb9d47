package dev.selfheal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.ssh.SshResult.Cut;
import dev.selfheal.ssh.SshResult.Exited;
import dev.selfheal.ssh.SshResult.NotStarted;
import dev.selfheal.ssh.SshResult.TimedOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a real server. */
class CommandIT {
  @TempDir static Path shared;
  private static Lab lab;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    lab = Lab.open(shared, "MaxSessions 8");
  }

  @AfterAll
  static void endServer() {
    lab.close();
  }

  @Test
  void tellsTheStatusAndBothOutputs() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("echo one; echo two >&2; exit 7", Lab.LIMITS))
          .isInstanceOfSatisfying(
              Exited.class,
              exited -> {
                assertThat(exited.status()).isEqualTo(7);
                assertThat(exited.output().lines()).containsExactlyInAnyOrder("one", "two");
              });
    }
  }

  @Test
  void keepsTheOrderOfTheOutputs() throws Exception {
    // Each waits until the other has been sent.
    String command = "echo 1; sleep 0.1; echo 2 >&2; sleep 0.1; echo 3; sleep 0.1; echo 4 >&2";
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run(command, Lab.LIMITS)).isEqualTo(new Exited(0, "1\n2\n3\n4"));
    }
  }

  @Test
  void tellsASignalLikeAShell() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("echo on; kill -TERM $$", Lab.LIMITS))
          .isEqualTo(new Exited(128 + 15, "on"));
      assertThat(connection.run("kill -KILL $$", Lab.LIMITS)).isEqualTo(new Exited(128 + 9, ""));
    }
  }

  @Test
  void givesTheCommandNothingToRead() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("cat; echo read", Lab.LIMITS)).isEqualTo(new Exited(0, "read"));
    }
  }

  @Test
  void keepsTheBeginningAndTheEndOfAHundredMegabytes() throws Exception {
    String command = "echo begin; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo end";
    SshLimits limits = new SshLimits(Duration.ofSeconds(60), Lab.LIMIT, 400);
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run(command, limits))
          .isInstanceOfSatisfying(
              Exited.class,
              exited ->
                  assertThat(exited.output())
                      .hasSizeLessThan(500)
                      .startsWith("begin\nxxx")
                      .contains("\n[99999611 bytes left out]\n")
                      .endsWith("xxx\nend"));
    }
  }

  @Test
  void makesTheOutputHarmless() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("printf 'a\\033[31mb\\377\\r\\nc'", Lab.LIMITS))
          .isEqualTo(new Exited(0, "a?[31mb?\nc"));
    }
  }

  @Test
  void givesUpASilentCommandButNotItsConnection() throws Exception {
    SshLimits limits = new SshLimits(Lab.LIMIT, Duration.ofSeconds(2), 100);
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("echo so far; sleep 5", limits)).isEqualTo(new TimedOut("so far"));
      assertThat(connection.run("echo on", Lab.LIMITS)).isEqualTo(new Exited(0, "on"));
    }
  }

  @Test
  void givesUpACommandWhoseTimeIsOverThoughItSpeaks() throws Exception {
    SshLimits limits = new SshLimits(Duration.ofSeconds(2), Lab.LIMIT, 100);
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("while echo .; do sleep 0.05; done", limits))
          .isInstanceOfSatisfying(
              TimedOut.class, timedOut -> assertThat(timedOut.soFar()).startsWith("."));
    }
  }

  @Test
  void doesNotWaitForWhatACommandLeavesBehind() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("sleep 15 & echo left; exit 3", Lab.LIMITS))
          .isEqualTo(new Exited(3, "left"));
    }
  }

  @Test
  void keepsTheLastWordsOfACommandThatWasSilentForLong() throws Exception {
    try (SshConnection connection = lab.connect()) {
      assertThat(connection.run("sleep 1.2; (sleep 0.3; echo last) & exit 3", Lab.LIMITS))
          .isEqualTo(new Exited(3, "last"));
    }
  }

  @Test
  void tellsThatTheConnectionWasCutInMidCommand() throws Exception {
    Path begun = folder.resolve("begun");
    try (SshConnection connection = lab.connect()) {
      CompletableFuture<SshResult> result =
          inBackground(connection, "echo on; touch " + begun + "; sleep 20");
      await().until(() -> Files.exists(begun));
      lab.server().cut();
      assertThat(result.get())
          .isEqualTo(
              new Cut(
                  "on",
                  "the connection to 127.0.0.1:"
                      + lab.server().port()
                      + " was lost before the command's exit status"));
      await().until(() -> connection.run("touch " + begun, Lab.LIMITS) instanceof NotStarted);
    }
  }

  @Test
  void findsADeadHostByItsSilence() throws Exception {
    JschClient client = new JschClient(System::nanoTime, Duration.ofMillis(100));
    Path begun = folder.resolve("begun");
    try (SshConnection connection = client.connect(lab.address(), Lab.LIMIT)) {
      CompletableFuture<SshResult> result =
          inBackground(connection, "touch " + begun + "; exec sleep 20");
      await().until(() -> Files.exists(begun));
      lab.server().freeze();
      assertThat(result.get()).isInstanceOf(Cut.class);
    } finally {
      lab.server().cut();
    }
  }

  @Test
  void runsNothingMoreWhenItGivesUpTheOpeningOfItsChannel() throws Exception {
    SshLimits limits = new SshLimits(Duration.ofMillis(200), Lab.LIMIT, 100);
    Path begun = folder.resolve("begun");
    try (SshConnection connection = lab.connect()) {
      lab.server().freeze();
      assertThat(connection.run("touch " + begun, limits)).isInstanceOf(NotStarted.class);
    } finally {
      lab.server().cut();
    }
    assertThat(begun).doesNotExist();
  }

  @Test
  void saysThatTheHostOpensNoMoreChannels() throws Exception {
    List<CompletableFuture<SshResult>> running = new ArrayList<>();
    try (SshConnection connection = lab.connect()) {
      IntStream.range(0, 8)
          .mapToObj(i -> inBackground(connection, "touch " + folder + "/" + i + "; sleep 9"))
          .forEach(running::add);
      await().until(() -> folder.toFile().list().length == 8);
      assertThat(connection.run("echo", Lab.LIMITS))
          .isEqualTo(
              new NotStarted(
                  "127.0.0.1:" + lab.server().port() + " opened no channel for a command"));
    }
    assertThat(running).allSatisfy(each -> assertThat(each.get()).isInstanceOf(Cut.class));
  }

  @Test
  void runsCommandsSideBySide() throws Exception {
    try (SshConnection connection = lab.connect()) {
      CompletableFuture<SshResult> waiting =
          inBackground(connection, "until [ -e " + folder + "/go ]; do sleep 0.02; done; echo w");
      assertThat(connection.run("touch " + folder + "/go; echo g", Lab.LIMITS))
          .isEqualTo(new Exited(0, "g"));
      assertThat(waiting.get()).isEqualTo(new Exited(0, "w"));
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Path begun = folder.resolve("begun");
    AtomicReference<Exception> thrown = new AtomicReference<>();
    try (SshConnection connection = lab.connect()) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  connection.run("touch " + begun + "; sleep 20", Lab.LIMITS);
                } catch (InterruptedException e) {
                  thrown.set(e);
                }
              });
      thread.start();
      await().until(() -> Files.exists(begun));
      thread.interrupt();
      thread.join(2_000);
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(connection.run("echo on", Lab.LIMITS)).isEqualTo(new Exited(0, "on"));
    }
  }

  @Test
  void startsNothingForAnInterruptedThread() throws Exception {
    Path begun = folder.resolve("begun");
    try (SshConnection connection = lab.connect()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> connection.run("touch " + begun, Lab.LIMITS))
          .isInstanceOf(InterruptedException.class);
      assertThat(connection.run("echo on", Lab.LIMITS)).isEqualTo(new Exited(0, "on"));
    }
    assertThat(begun).doesNotExist();
  }

  @Test
  void holdsNoThreadWhenNoConnectionIsOpen() throws Exception {
    try (SshConnection connection = lab.connect()) {
      connection.run("true", Lab.LIMITS);
      connection.forward("127.0.0.1", 9, Lab.LIMIT);
      assertThat(threads()).isNotEmpty();
    }
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
    await().untilAsserted(() -> assertThat(lab.server().sessions()).isZero());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                List.of(thread.getValue()).stream()
                    .anyMatch(frame -> frame.getClassName().startsWith("com.jcraft.")))
        .map(thread -> thread.getKey().getName())
        .toList();
  }

  private static CompletableFuture<SshResult> inBackground(
      SshConnection connection, String command) {
    CompletableFuture<SshResult> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(connection.run(command, Lab.LIMITS));
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
