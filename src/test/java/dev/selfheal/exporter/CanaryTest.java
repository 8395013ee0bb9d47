package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.exporter.CanaryResult.Answered;
import dev.selfheal.exporter.CanaryResult.NoAnswer;
import dev.selfheal.exporter.CanaryResult.NotPossible;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.Loopback;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CanaryTest {
  private static final String TOKEN =
      "{\"model\":\"a\",\"response\":\" fi\",\"done\":true,\"done_reason\":\"length\",\"eval_count\":1}";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeApi api = new FakeApi();
  private final AtomicLong time = new AtomicLong();

  @AfterEach
  void stop() {
    api.close();
    threads.shutdownNow();
  }

  @Test
  void asksForOneTokenAndChangesNeitherTheContextNorTheTimeInMemory() throws Exception {
    api.answer("/api/generate", 200, TOKEN);
    assertThat(ask(one(model(Samples.NOW.plusSeconds(292))))).isInstanceOf(Answered.class);
    assertThat(new JsonMapper().readTree(api.asked().get(0).body()))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"model":"a","prompt":"hi","raw":true,"stream":false,"keep_alive":"292s",
                     "options":{"num_predict":1,"num_ctx":4096}}
                    """));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T01:40:59.9Z, 59s",
    "2026-11-22T01:39:00Z, 1s",
    "2318-03-01T17:21:13Z, -1",
    "2027-11-22T01:40:00Z, 31536000s"
  })
  void keepsTheModelForTheTimeThatIsLeft(Instant expires, String keepAlive) throws Exception {
    api.answer("/api/generate", 200, TOKEN);
    ask(one(model(expires)));
    assertThat(new JsonMapper().readTree(api.asked().get(0).body()).get("keep_alive").asText())
        .isEqualTo(keepAlive);
  }

  @Test
  void asksAModelThatOnlyEmbedsForAnEmbedding() throws Exception {
    api.answer("/api/generate", 400, "{\"error\":\"\\\"a\\\" does not support generate\"}")
        .answer("/api/embed", 200, "{\"embeddings\":[[0.1]]}");
    assertThat(ask(one(model(Samples.NOW.plusSeconds(100))))).isInstanceOf(Answered.class);
    assertThat(new JsonMapper().readTree(api.asked().get(1).body()))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"model":"a","input":"hi","keep_alive":"100s","options":{"num_ctx":4096}}
                    """));
  }

  @Test
  void noAnswerWithinTheLimitIsNone() throws Exception {
    api.hold("/api/generate", TOKEN);
    Canary canary =
        new Canary(new OllamaSession(api.uri(), threads), System::nanoTime, Duration.ofMillis(200));
    assertThat(canary.ask(one(model(Samples.NOW.plusSeconds(100))), 222).get(10, TimeUnit.SECONDS))
        .isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '`',
      textBlock =
          """
          200={"response":"","done":true,"done_reason":"load"}
          200={"response":"","done":false}
          200=<html>
          404={"error":"model not found"}
          500={"error":"unexpected EOF"}
          503={"error":"server busy"}
          """)
  void anAnswerWithoutATokenProvesNothing(int status, String body) throws Exception {
    api.answer("/api/generate", status, body);
    assertThat(ask(one(model(Samples.NOW.plusSeconds(100))))).isInstanceOf(NotPossible.class);
  }

  @Test
  void aBrokenOrRefusedConnectionProvesNothing() throws Exception {
    api.breakOff("/api/generate");
    assertThat(ask(one(model(Samples.NOW.plusSeconds(100))))).isInstanceOf(NotPossible.class);
    URI nobody = URI.create("http://" + Loopback.freeAddress());
    Canary canary = new Canary(new OllamaSession(nobody, threads), time::get);
    assertThat(canary.ask(one(model(Samples.NOW.plusSeconds(100))), 222).get(10, TimeUnit.SECONDS))
        .isInstanceOf(NotPossible.class);
  }

  @Test
  void isNotFreeAgainForTwoMinutes() throws Exception {
    api.answer("/api/generate", 200, TOKEN);
    Canary canary = canary();
    canary.ask(one(model(Samples.NOW.plusSeconds(100))), 222).get(10, TimeUnit.SECONDS);
    time.addAndGet(Duration.ofSeconds(119).toNanos());
    assertThat(canary.isFree()).isFalse();
    assertThatThrownBy(() -> canary.ask(one(model(Samples.NOW)), 222))
        .isInstanceOf(IllegalStateException.class);
    time.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(canary.isFree()).isTrue();
  }

  @Test
  void isNotFreeWhileOneIsUnderWayHoweverLong() {
    api.hold("/api/generate", TOKEN);
    Canary canary = canary();
    var unused = canary.ask(one(model(Samples.NOW.plusSeconds(100))), 222);
    time.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(canary.isFree()).isFalse();
  }

  @Test
  void asksTheModelOfTheAccusedRunnerAmongSeveral() throws Exception {
    api.answer("/api/generate", 200, TOKEN);
    Sample sample =
        Samples.with(
            Samples.with(
                Samples.blind(),
                Samples.processes(runner(222, "sha256-a"), runner(333, "sha256-b"))),
            Samples.loaded(
                Samples.model("b", 1, 1, "sha256-b"), Samples.model("a", 1, 1, "sha256-a")));
    ask(sample);
    assertThat(new JsonMapper().readTree(api.asked().get(0).body()).get("model").asText())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256-b", "", "both"})
  void asksNoneOfSeveralWhereItIsNotCertainWhich(String blob) throws Exception {
    Sample sample =
        Samples.with(
            Samples.with(
                Samples.blind(),
                Samples.processes(runner(222, "sha256-a"), runner(333, "sha256-b"))),
            Samples.loaded(
                Samples.model("x", 1, 1, blob.equals("both") ? "sha256-a" : blob),
                Samples.model("y", 1, 1, blob.equals("both") ? "sha256-a" : null)));
    assertThat(ask(sample))
        .isEqualTo(new NotPossible("it is not certain which model the runner runs"));
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void asksNothingThatCouldDoHarm() throws Exception {
    Sample blind = Samples.blind();
    Sample good = one(model(Samples.NOW.plusSeconds(60)));
    assertThat(ask(blind)).isInstanceOf(NotPossible.class);
    assertThat(ask(Samples.with(good, Samples.NO_API))).isInstanceOf(NotPossible.class);
    assertThat(ask(Samples.with(good, Samples.processes()))).isInstanceOf(NotPossible.class);
    assertThat(ask(Samples.with(good, Samples.loaded()))).isInstanceOf(NotPossible.class);
    assertThat(ask(one(model(null)))).isInstanceOf(NotPossible.class);
    assertThat(ask(one(model(Samples.NOW.plusSeconds(4))))).isInstanceOf(NotPossible.class);
    assertThat(ask(one(new LoadedModel("a", Samples.NOW.plusSeconds(60), 1, 1, 0, null))))
        .isInstanceOf(NotPossible.class);
    assertThat(api.asked()).isEmpty();
  }

  private CanaryResult ask(Sample sample) throws Exception {
    return canary().ask(sample, 222).get(10, TimeUnit.SECONDS);
  }

  private Canary canary() {
    return new Canary(new OllamaSession(api.uri(), threads), time::get);
  }

  private static Sample one(LoadedModel model) {
    return Samples.with(
        Samples.with(Samples.blind(), Samples.processes(runner(222, null))), Samples.loaded(model));
  }

  private static RunnerProcess runner(long pid, @Nullable String blob) {
    return Samples.runner(pid, Duration.ofSeconds(1), blob);
  }

  private static LoadedModel model(@Nullable Instant expires) {
    return new LoadedModel("a", expires, 1, 1, 4096, null);
  }
}
