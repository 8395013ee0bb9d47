package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.ExporterProcess;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.RealPrograms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The exporter as systemd runs it. */
@Timeout(120)
class ExporterLifeIT {
  private static final Duration START = Duration.ofSeconds(30);

  /** Less than any answer is waited for, and enough for a machine that is busy. */
  private static final Duration PROMPTLY = Duration.ofSeconds(8);

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final FakeApi api =
      new FakeApi()
          .answer("/api/version", 200, "{\"version\":\"0.32.15\"}")
          .answer("/api/ps", 200, "{\"models\":[]}")
          .answer("/api/tags", 200, "{\"models\":[]}");

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void sigtermEndsItPromptlyAndLeavesTheFilesAndNoProcess() {
    ExporterProcess exporter = programs.add(new ExporterProcess(api.uri()));
    await("a few rounds").atMost(START).until(() -> api.asked("/api/ps") >= 3);
    List<ProcessHandle> children = exporter.children();
    ends(exporter);
    assertThat(exporter.page()).contains("\nollama_up 1.0\n");
    assertThat(exporter.log()).contains("the exporter has ended").doesNotContain("\tat ", "ERROR");
    assertThat(Recording.read(exporter.recording()).moments()).hasSizeGreaterThanOrEqualTo(2);
    await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void sigtermEndsItPromptlyWhileItWaitsForAnAnswer() {
    api.hold("/api/ps", "{\"models\":[]}");
    ExporterProcess exporter = programs.add(new ExporterProcess(api.uri()));
    await("a question").atMost(START).until(() -> api.asked("/api/ps") >= 1);
    ends(exporter);
  }

  @Test
  void aStartIsNoFailureOfTheJournal() {
    ExporterProcess exporter = programs.add(new ExporterProcess(api.uri()));
    await("a page").atMost(START).until(() -> exporter.page().contains("ollama_up 1.0"));
    assertThat(exporter.log()).doesNotContain("just now");
  }

  private static void ends(ExporterProcess exporter) {
    exporter.terminate();
    assertThat(exporter.endsWithin(PROMPTLY)).as("ended promptly").isTrue();
    assertThat(exporter.exitCode()).isZero();
  }
}
