package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.probe.JournalProbe;
import dev.selfheal.exporter.probe.LocalToolRunner;
import dev.selfheal.exporter.probe.NvidiaProbe;
import dev.selfheal.exporter.probe.ProcessProbe;
import dev.selfheal.exporter.probe.ServeMarks;
import dev.selfheal.exporter.probe.Tape;
import dev.selfheal.exporter.probe.ToolRunner;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exporter's own probes see in the fake what they would see in a real server. */
@Timeout(60)
class FakeToolsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theProcessesAreFoundByTheUnitAndByTheCommandLine(FakeVersion version) throws Exception {
    try (FakeScene scene = scene(version).loaded()) {
      Dialect dialect =
          version == FakeVersion.POOLED ? Dialect.POOLED : Dialect.CONNECTION_PER_CALL;
      Pattern own = Pattern.compile("^" + Pattern.quote(folder + "/fake/bin/ollama serve") + " ");
      for (ServeMarks marks :
          List.of(
              new ServeMarks("any.service", Pattern.compile("nothing")),
              new ServeMarks(null, own))) {
        ProcessProbe probe =
            new ProcessProbe(
                marks, tools(scene), Duration.ofSeconds(5), Path.of("/proc"), System::nanoTime);
        Processes found = ((Reading.Known<Processes>) probe.read()).value();
        assertThat(found.serve()).isNotNull().extracting("pid").isEqualTo(scene.fake().serve());
        assertThat(found.runners()).hasSize(1);
        RunnerProcess runner = found.runners().get(0);
        assertThat(runner.stat().pid()).isEqualTo(scene.runner());
        assertThat(runner.dialect()).isEqualTo(dialect);
        assertThat(runner.port()).isEqualTo(scene.port());
        assertThat(runner.blob()).isEqualTo(FakeModel.ALL.get(0).blob());
      }
    }
  }

  @Test
  void theDefaultPatternTakesTheFakeForAnOllama() {
    assertThat(ServeMarks.OLLAMA_SERVE.matcher("/tmp/x/bin/ollama serve -cp y").find()).isTrue();
  }

  @Test
  void theGpuIsBusyForTheRunnerThatGeneratesAndIdleWhenItSpins() throws Exception {
    try (FakeScene scene = scene(FakeVersion.PER_CALL).generating()) {
      NvidiaProbe probe = NvidiaProbe.with(tools(scene));
      Gpus.Seen busy = (Gpus.Seen) probe.read();
      assertThat(busy.gpus().get(0).utilization()).isEqualTo(0.85);
      assertThat(busy.attribution())
          .isInstanceOfSatisfying(
              Attribution.ByProcess.class,
              shares -> assertThat(shares.utilization()).containsEntry(scene.runner(), 0.85));
      scene.fake().command("spin");
      await().until(() -> utilization(probe) == 0);
      scene.fake().gpu("other");
      assertThat(utilization(probe)).isEqualTo(0.9);
      scene.fake().gpu("lost");
      assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
      scene.fake().gpu("driver");
      assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
    }
  }

  @Test
  void theLogIsFollowedAsTheJournal() throws Exception {
    try (FakeScene scene = scene(FakeVersion.PER_CALL);
        JournalProbe probe =
            new JournalProbe(
                List.of(scene.fake().tools() + "/journalctl", "--follow"),
                task -> new Thread(task).start(),
                Clock.systemUTC(),
                Tape.NONE)) {
      List<LogEvent> seen = new ArrayList<>();
      await()
          .until(
              () -> {
                scene.loaded();
                if (probe.read() instanceof Reading.Known<LogEvents> log) {
                  seen.addAll(log.value().events());
                }
                return seen.contains(new LogEvent.Completed(200, LogEvent.Route.STREAMING))
                    && seen.contains(new LogEvent.Progress());
              });
    }
  }

  private FakeScene scene(FakeVersion version) throws Exception {
    return new FakeScene(folder.resolve("fake"), FakeOllama.Kind.usual(version));
  }

  private static double utilization(NvidiaProbe probe) throws InterruptedException {
    Double found = ((Gpus.Seen) probe.read()).gpus().get(0).utilization();
    return found == null ? -1 : found;
  }

  /** As an exporter whose PATH begins with the fake's folder. */
  private static ToolRunner tools(FakeScene scene) {
    LocalToolRunner real = new LocalToolRunner(System::nanoTime);
    return (argv, limit) -> {
      List<String> found = new ArrayList<>(argv);
      found.set(0, scene.fake().tools().resolve(argv.get(0)).toString());
      return real.run(found, limit);
    };
  }
}
