package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.LoadFinished;
import dev.selfheal.exporter.sample.LogEvent.LoadStarted;
import dev.selfheal.exporter.sample.LogEvent.Progress;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.LogEvent.RunnerSpoke;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private static final String SLOT = "slot print_timing: id  0 | task 3 | ";

  private static List<LogEvent> events(String recording) {
    return Recorded.lines(recording).stream()
        .map(LogLine::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  private static long count(String recording, Class<? extends LogEvent> kind) {
    return events(recording).stream().filter(kind::isInstance).count();
  }

  @Test
  void seesTheSevenStepsOfALongPromptAndItsEnd() {
    assertThat(count("log-0.32-prefill.txt", Progress.class)).isEqualTo(7 + 2);
    assertThat(count("log-0.32-prefill.txt", RunnerSpoke.class)).isPositive();
    assertThat(events("log-0.32-prefill.txt")).contains(new Completed(200, Route.STREAMING));
  }

  @Test
  void seesTokensBeingWritten() {
    long counts =
        Recorded.lines("log-0.32-generating.txt").stream()
            .filter(line -> line.contains("n_gen"))
            .count();
    assertThat(count("log-0.32-generating.txt", Progress.class))
        .isGreaterThanOrEqualTo(counts)
        .isPositive();
  }

  @Test
  void seesProgressInCallsTooShortForACount() {
    assertThat(Recorded.text("log-0.32-short-calls.txt")).doesNotContain("n_gen", "progress =");
    assertThat(count("log-0.32-short-calls.txt", Progress.class)).isPositive();
  }

  @Test
  void aSpinningRunnerThatACallIsCancelledOnMakesNoProgress() {
    assertThat(events("log-0.32-spin.txt"))
        .containsExactly(new Completed(500, Route.STREAMING), new RunnerSpoke());
  }

  @Test
  void theOlderServerSpeaksOfRequestsAlone() {
    assertThat(events("log-0.24-embed.txt"))
        .isNotEmpty()
        .containsOnly(new Completed(200, Route.EMBEDDING));
    assertThat(events("log-0.24-generate.txt"))
        .isNotEmpty()
        .containsOnly(new Completed(200, Route.STREAMING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SLOT + "n_gen =    156, tg =  51.44 t/s, tg_3s =  51.76 t/s",
        SLOT + "n_decoded = 100, tg = 50.00 t/s",
        SLOT + "tg = 50.00 t/s, n_decoded=100",
        SLOT + "prompt processing, n_tokens =    512, progress = 0.14, t =  10.20 s",
        SLOT + "       eval time =     214.37 ms /     3 tokens",
        SLOT + "prompt eval time =   84273.29 ms /  3601 tokens",
        SLOT,
        "slot update_slots: id  0 | task 0 | prompt processing progress, n_past = 512, progress = 0.5",
        "0.12.345.678 I " + SLOT + "n_gen = 1"
      })
  void knowsProgressInAllItsForms(String line) {
    assertThat(LogLine.parse(line)).contains(new Progress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SLOT + "   graphs reused =          2",
        SLOT + "      total time =   84487.66 ms /  3604 tokens",
        "slot      release: id  0 | task 204 | stop processing: n_tokens = 3604, truncated = 0",
        "slot process_toke: id  0 | task 3 | next token: 5 'progress = n_gen = 3'",
        "slot ",
        "srv  update_slots: all slots are idle",
        "srv          stop: cancel task, id_task = 3"
      })
  void knowsThatARunnerSpoke(String line) {
    assertThat(LogLine.parse(line)).contains(new RunnerSpoke());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time=2026-11-22T01:08:34.080Z level=INFO source=server.go:433 msg=\"starting runner\" cmd=\"x",
        "time=2026-11-22T01:35:29.257Z level=INFO source=llama_server.go:433 msg=\"starting"
            + " llama-server\" cmd=\"/usr/local/lib/ollama/llama-server --model",
        "time=2024-09-01T10:00:00.000Z level=INFO source=server.go:393 msg=\"starting llama server\""
      })
  void knowsTheBeginningOfALoadInAllGenerations(String line) {
    assertThat(LogLine.parse(line)).contains(new LoadStarted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time=2026-11-22T01:35:30.016Z level=INFO source=llama_server.go:1362 msg=\"llama-server"
            + " started in 0.76 seconds\"",
        "time=2024-09-01T10:00:09.000Z level=INFO source=server.go:632 msg=\"llama runner started in"
            + " 6.71 seconds\""
      })
  void knowsTheEndOfALoadInAllGenerations(String line) {
    assertThat(LogLine.parse(line)).contains(new LoadFinished());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/generate,STREAMING",
    "/api/chat,STREAMING",
    "/api/embed,EMBEDDING",
    "/api/embeddings,EMBEDDING",
    "/v1/chat/completions,STREAMING",
    "/v1/completions,STREAMING",
    "/v1/embeddings,EMBEDDING",
    "/v1/responses,STREAMING",
    "/v1/messages,STREAMING",
    "/v1/audio/transcriptions,STREAMING"
  })
  void countsTheRoutesThatRunAModel(String route, Route kind) {
    String line = "[GIN] 2026/11/22 - 01:27:31 | 429 |  1m31s |  ::1 | POST     \"" + route + "\"";
    assertThat(LogLine.parse(line)).contains(new Completed(429, kind));
    assertThat(LogLine.parse(line.replace(route, route + "?a=b")))
        .contains(new Completed(429, kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[GIN] 2026/11/22 - 01:31:40 | 200 | 1.9ms | 127.0.0.1 | GET      \"/api/tags\"",
        "[GIN] 2026/11/22 - 01:31:40 | 204 | 1.9ms | 127.0.0.1 | OPTIONS  \"/api/generate\"",
        "[GIN] 2026/11/22 - 01:31:40 | 200 | 1.9ms | 127.0.0.1 | POST     \"/api/pull\"",
        "[GIN] 2026/11/22 - 01:31:40 | xyz | 1.9ms | 127.0.0.1 | POST     \"/api/generate\"",
        "[GIN] | POST \"/api/generate\"",
        "[GIN] | | | | ",
        "[GIN]-debug] POST /api/generate --> handler",
        "\tdry_multiplier = 0.000, dry_base = 1.750",
        "llama_model_loader: - kv 0: general.name str = starting runner",
        ""
      })
  void passesOverEverythingElse(String line) {
    assertThat(LogLine.parse(line)).isEmpty();
  }

  @Test
  void readsAColouredLine() {
    String line =
        "[GIN] 2026/11/22 - 01:31:40 |\u001b[97;42m 200 \u001b[0m| 1.9ms | ::1"
            + " |\u001b[97;46m POST    \u001b[0m \"/api/chat\"";
    assertThat(LogLine.parse(line)).contains(new Completed(200, Route.STREAMING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slot print_timing: id 0 | task 3 | n_gen = 156",
        "llama-server started in 1 seconds",
        "msg=\"starting runner\"",
        "msg=starting runner",
        "[GIN] 2026/11/22 | 200 | 1s | ::1 | POST \"/api/chat\""
      })
  void takesNothingForEvidenceThatAUserHasSent(String text) {
    String quoted = text.replace("\"", "\\\"");
    assertThat(
            LogLine.parse("time=2026 level=DEBUG msg=\"chat request\" prompt=\"" + quoted + "\""))
        .isEmpty();
    assertThat(LogLine.parse("time=2026 level=DEBUG prompt=\"" + quoted + "\"")).isEmpty();
    assertThat(
            LogLine.parse(
                "[GIN] 2026/11/22 - 01:31:40 | 404 | 1s | ::1 | POST \"/x?" + quoted + "\""))
        .isEmpty();
  }
}
