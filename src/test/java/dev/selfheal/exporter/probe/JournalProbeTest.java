package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real child process: a script that plays journalctl. */
class JournalProbeTest {
  private static final String HINT =
      "Hint: You are currently not seeing messages from other users and the system.";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T02:00:00Z"));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<LogEvent> events = new ArrayList<>();
  private final AtomicInteger starts = new AtomicInteger();
  private int lines;

  @TempDir Path folder;
  private JournalProbe probe;

  @BeforeEach
  void create() {
    probe =
        new JournalProbe(
            List.of(folder.resolve("journalctl").toString()), this::listen, clock, Tape.NONE);
  }

  @AfterEach
  void close() throws InterruptedException {
    probe.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).as("the reader ends").isTrue();
  }

  private void listen(Runnable reader) {
    starts.incrementAndGet();
    threads.execute(reader);
  }

  /** Whatever it plays, it tells its pid once for each start. */
  private void plays(String script) throws IOException {
    Path file = folder.resolve("journalctl");
    Files.writeString(file, "#!/bin/sh\necho $$ >> " + folder + "/pids\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void playsTheLog() throws IOException {
    logs("");
    plays("exec tail -n +1 -f " + folder + "/log");
  }

  private void logs(String text) throws IOException {
    Files.writeString(folder.resolve("log"), text, UTF_8, APPEND, CREATE);
  }

  private static String entry(String message) {
    return "{\"__CURSOR\":\"s=1\",\"MESSAGE\":\"" + message.replace("\"", "\\\"") + "\"}\n";
  }

  private List<Long> pids() throws IOException {
    Path file = folder.resolve("pids");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
        : List.of();
  }

  private String trouble() {
    return probe.read() instanceof Reading.Unknown<LogEvents> unknown ? unknown.why() : "none";
  }

  private void awaitLines(int count) {
    await()
        .until(
            () -> {
              if (probe.read() instanceof Reading.Known<LogEvents> known) {
                events.addAll(known.value().events());
                lines += known.value().lines();
              }
              return lines >= count;
            });
    assertThat(lines).isEqualTo(count);
  }

  private void awaitGone(long pid) {
    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void readsWhatARealServerLogged() throws IOException {
    playsTheLog();
    assertThat(probe.read())
        .isEqualTo(new Reading.Unknown<>("journalctl was started just now", true));
    List<String> recorded = Recorded.lines("log-0.32-spin.txt");
    logs(String.join("", recorded.stream().map(JournalProbeTest::entry).toList()));
    awaitLines(recorded.size());
    assertThat(events)
        .containsExactly(
            new LogEvent.Completed(500, LogEvent.Route.STREAMING), new LogEvent.RunnerSpoke());
    assertThat(probe.read()).isEqualTo(new Reading.Known<>(LogEvents.NONE));
    assertThat(pids()).hasSize(1);
  }

  @Test
  void survivesHostileLines() throws IOException {
    playsTheLog();
    probe.read();
    logs("{\"MESSAGE\":null}\n{\n{}}\n{\"MESSAGE\":[27,\n");
    logs("{\"MESSAGE\":\"" + "x".repeat(200_000) + "\"}\n" + entry("srv  after the long one"));
    awaitLines(6);
    assertThat(events).containsExactly(new LogEvent.RunnerSpoke());
  }

  @Test
  void countsAFloodInBoundedMemory() throws IOException {
    playsTheLog();
    probe.read();
    logs(entry("[GIN] a | 200 | 1ms | ::1 | POST \"/api/embed\"").repeat(100_000));
    awaitLines(100_000);
    assertThat(events.size()).isBetween(LogTray.MOST, 100_000);
  }

  @Test
  void startsItAgainWithGrowingPauses() throws IOException {
    plays("echo 'No journal files were found.'; exit 1");
    probe.read();
    List<Integer> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      await().until(() -> trouble().contains("ended with status 1"));
      pauses.add(secondsUntilTheNextStart());
    }
    assertThat(pauses).containsExactly(1, 2, 4, 8, 16, 32, 60, 60, 60);
    await().until(() -> trouble().endsWith("after 60 s: No journal files were found."));
  }

  private int secondsUntilTheNextStart() {
    int before = starts.get();
    for (int seconds = 1; seconds <= 120; seconds++) {
      clock.advance(Duration.ofSeconds(1));
      probe.read();
      if (starts.get() > before) {
        return seconds;
      }
    }
    throw new AssertionError("it is never started again");
  }

  @Test
  void aChildThatRanForLongIsStartedAgainAtOnce() throws IOException {
    playsTheLog();
    for (int start = 1; start <= 3; start++) {
      int expected = start;
      probe.read();
      await().until(() -> pids().size() == expected);
      clock.advance(Duration.ofMinutes(2));
      ProcessHandle.of(pids().get(start - 1)).orElseThrow().destroyForcibly();
      awaitGone(pids().get(start - 1));
      assertThat(trouble()).contains("after 1 s");
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepItWaiting() throws IOException {
    plays("exit 3");
    probe.read();
    await().until(() -> trouble().contains("ended with status 3"));
    clock.advance(Duration.ofDays(-1));
    probe.read();
    await().until(() -> pids().size() == 2);
  }

  @Test
  void saysWhatToDoWhenItMayNotRead() throws IOException {
    plays("echo '" + HINT + "' >&2; exec tail -f /dev/null");
    probe.read();
    await().until(() -> trouble().contains("group systemd-journal"));
    assertThat(trouble()).endsWith("(" + HINT + ")").hasLineCount(1);
    assertThat(pids()).hasSize(1);
  }

  @Test
  void saysSoAlsoWhenItEndsForThatReason() throws IOException {
    plays("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1");
    probe.read();
    await().until(() -> trouble().contains("group systemd-journal"));
  }

  @Test
  void saysWhatIsMissingWithoutTheTool() {
    probe.read();
    assertThat(trouble()).contains("is systemd's journalctl installed?").hasLineCount(1);
  }

  @Test
  void killsItWithAllThatItStartedWhenClosed() throws IOException {
    plays("tail -f /dev/null & echo $! >> " + folder + "/pids; wait");
    probe.read();
    await().until(() -> pids().size() == 2);
    probe.close();
    awaitGone(pids().get(0));
    awaitGone(pids().get(1));
    assertThat(trouble()).contains("not followed any more");
  }

  @Test
  void startsNothingWithoutAThreadToReadIt() throws IOException {
    playsTheLog();
    threads.shutdown();
    probe.read();
    assertThat(trouble()).contains("no thread");
  }

  @Test
  void followsAUnitWhateverItsName() {
    assertThat(JournalProbe.follow("-x.service")).contains("--unit=-x.service", "--lines=0");
  }
}
