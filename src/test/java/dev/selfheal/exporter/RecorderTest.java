package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.app.ExporterApp;
import dev.selfheal.app.StartupException;
import dev.selfheal.app.Supervisor;
import dev.selfheal.config.ExporterConfig;
import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.probe.Reel;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.RecordedLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded of a real server's stand-in can be read and replayed like any recording. */
@Timeout(60)
class RecorderTest {
  private static final int RUNNER_PORT = 40_001;
  private static final String PS =
      """
      {"models":[{"name":"a","model":"a","size":100,"size_vram":50,"digest":"d",
       "context_length":4096,"expires_at":"2318-01-01T00:00:00Z"}]}
      """;

  @TempDir private Path folder;
  private final FakeApi api =
      new FakeApi()
          .answer("/api/version", 200, "{\"version\":\"0.32.15\"}")
          .answer("/api/ps", 200, PS)
          .answer("/api/tags", 200, "{\"models\":[{},{}]}");
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    for (Process each : started) {
      each.descendants().forEach(ProcessHandle::destroyForcibly);
      each.destroyForcibly();
    }
    api.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host.jsonl", "host.jsonl.gz"})
  void aRecordingBesideTheLoopIsReplayedAsWhatTheHostShowed(String name) throws Exception {
    Path file = folder.resolve(name);
    startServer();
    ExporterApp app = app(file, page -> {});
    Thread loop = new Thread(() -> app.run(Supervisor.NONE));
    loop.start();
    await().until(() -> api.asked("/api/ps") >= 3);
    app.stop();
    loop.join();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Recording recording = Recording.read(file);
    assertThat(recording.name()).isEqualTo("0.32.15 host");
    assertThat(recording.apiPort()).isEqualTo(api.uri().getPort());
    assertThat(recording.judged()).isFalse();
    assertThat(recording.moments()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(recording.moments().get(0).seconds()).isZero();
    assertThat(recording.moments().get(1).seconds()).isBetween(0.5, 5.0);
    recording.moments().forEach(moment -> isTheHost(moment.raw().parsed()));
    assertThat(condition(recording)).isInstanceOf(Condition.Healthy.class);
  }

  @Test
  void oneLookIsRecordedAsWell() throws Exception {
    Path file = folder.resolve("once.jsonl.gz");
    assertThat(app(file, page -> {}).runOnce()).isTrue();
    Recording recording = Recording.read(file);
    assertThat(recording.moments()).hasSize(1);
    assertThat(recording.moments().get(0).raw().parsed().api().installed())
        .isInstanceOfSatisfying(
            Answer.Good.class, installed -> assertThat(installed.body()).isEqualTo(2));
  }

  @Test
  void refusesToOverwriteAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("old.jsonl"), "precious");
    assertThatThrownBy(() -> app(file, page -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage("--record: " + file + " exists already: name a new file");
    assertThat(file).hasContent("precious");
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path file = folder.resolve("no/such.jsonl");
    assertThatThrownBy(() -> app(file, page -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessage("--record: the folder of " + file + " does not exist: make it");
  }

  @Test
  void aFullDiskEndsTheRecordingWithOneErrorAndNothingElse() {
    Reel reel = new Reel();
    Path path = Path.of("x.jsonl");
    try (RecordedLog log = new RecordedLog(Recorder.class.getName());
        Recorder recorder =
            new Recorder(path, new RecordingFile(new FullDisk(2)), reel, 1, () -> 0)) {
      for (int i = 0; i < 4; i++) {
        reel.log("[GIN] | 200 | 1s | ::1 | POST \"/api/chat\"", new LogEvent.Progress());
        reel.process(1, "x", "y");
        recorder.accept(Samples.blind());
      }
      assertThat(log.lines())
          .containsExactly(
              "ERROR --record: the recording ends here, x.jsonl cannot be written (No space left on"
                  + " device); the exporter goes on");
      reel.process(1, "x", "y");
      assertThat(reel.take()).isEqualTo(new Reel.Round(List.of(), Map.of(), Map.of(), List.of()));
    }
  }

  private void isTheHost(Sample sample) {
    assertThat(sample.processes())
        .isInstanceOfSatisfying(
            Reading.Known.class,
            known -> {
              Processes processes = (Processes) known.value();
              assertThat(Objects.requireNonNull(processes.serve()).pid())
                  .isEqualTo(started.get(0).pid());
              assertThat(processes.runners())
                  .extracting(RunnerProcess::port)
                  .containsExactly(RUNNER_PORT);
            });
    assertThat(sample.sockets())
        .isInstanceOfSatisfying(
            Reading.Known.class,
            known ->
                assertThat(((Sockets) known.value()).listeners())
                    .anyMatch(each -> each.local().port() == api.uri().getPort()));
    assertThat(sample.api().loaded())
        .isInstanceOfSatisfying(
            Answer.Good.class, good -> assertThat((List<?>) good.body()).hasSize(1));
  }

  private static Condition condition(Recording recording) {
    FreezeDetector detector = new FreezeDetector(Thresholds.DEFAULT, true, recording.apiPort());
    recording
        .moments()
        .subList(0, recording.moments().size() - 1)
        .forEach(
            each ->
                detector.observe(
                    each.raw().parsed(), Samples.NOW.plusMillis((long) (each.seconds() * 1000))));
    Recording.Moment last = recording.moments().get(recording.moments().size() - 1);
    return detector
        .observe(last.raw().parsed(), Samples.NOW.plusMillis((long) (last.seconds() * 1000)))
        .condition();
  }

  /** A process whose child has the arguments of a runner. */
  private void startServer() throws IOException {
    String script = "/bin/sh -c 'sleep 600; :' llama-server --port " + RUNNER_PORT + " & wait; :";
    started.add(new ProcessBuilder("/bin/sh", "-c", script, mark()).start());
    await().until(() -> started.get(0).children().findAny().isPresent());
  }

  private String mark() {
    return "recorder-test-" + api.uri().getPort();
  }

  private ExporterApp app(Path recording, Exporter.Output page) throws StartupException {
    URI url = api.uri();
    ExporterConfig fallback = ExporterConfig.DEFAULT;
    return new ExporterApp(
        new ExporterConfig(
            Duration.ofSeconds(1),
            new ExporterConfig.Files(folder.resolve("x.prom"), folder.resolve("state.json")),
            new ExporterConfig.Ollama(url, mark() + ".service", " " + mark() + "$", null),
            fallback.thresholds(),
            new ExporterConfig.Reactions(false, null)),
        "1",
        new ExporterApp.Outputs(page, recording));
  }

  /** A disk with room for a few lines. */
  private static final class FullDisk extends OutputStream {
    private int room;

    FullDisk(int lines) {
      room = lines;
    }

    @Override
    public void write(int b) throws IOException {
      if (b == '\n' && --room < 0) {
        throw new IOException("No space left on device");
      }
    }
  }
}
