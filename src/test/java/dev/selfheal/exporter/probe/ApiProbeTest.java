package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.ollama.PsBodyTest;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.testkit.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApiProbeTest {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String TWO_MODELS =
      "{\"models\":[{\"name\":\"a\",\"digest\":\"1\"},{\"name\":\"b\",\"digest\":\"2\"}]}";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeApi api = new FakeApi();

  @BeforeEach
  void answerAsRecorded() {
    api.answer("/api/version", 200, "{\"version\":\"0.32.15\"}")
        .answer("/api/ps", 200, PsBodyTest.RECORDED)
        .answer("/api/tags", 200, TagsBodyTest.RECORDED);
  }

  @AfterEach
  void stop() {
    api.close();
    threads.shutdownNow();
  }

  @Test
  void readsAllRoutesInTheFirstRound() throws Exception {
    Api read = probe(ROUND, 12).read();
    assertThat(body(read.version())).isEqualTo("0.32.15");
    assertThat(body(read.installed())).isEqualTo(1);
    assertThat(body(read.loaded())).extracting(LoadedModel::name).containsExactly("slow:latest");
  }

  @Test
  void countsTheInstalledModelsInEachTwelfthRoundOnly() throws Exception {
    ApiProbe probe = probe(ROUND, 12);
    for (int round = 0; round < 25; round++) {
      Answer<Integer> installed = probe.read().installed();
      assertThat(installed instanceof Answer.Good).isEqualTo(round % 12 == 0);
    }
    assertThat(api.asked("/api/tags")).isEqualTo(3);
  }

  @Test
  void keepsItsConnectionsFromRoundToRound() throws Exception {
    ApiProbe probe = probe(ROUND, 12);
    for (int round = 0; round < 20; round++) {
      probe.read();
    }
    assertThat(api.connections()).isLessThanOrEqualTo(3);
  }

  @Test
  void leavesASlowListUnderWayAndAsksNoSecondTime() throws Exception {
    api.hold("/api/ps", "{\"models\":[]}");
    ApiProbe probe = probe(SHORT, 12);
    Duration first = silence(probe.read().loaded());
    Duration third = silence(secondAfter(probe).loaded());
    assertThat(first).isGreaterThan(SHORT.dividedBy(2));
    assertThat(third).isGreaterThan(first.plus(SHORT.dividedBy(2)));
    assertThat(api.asked("/api/ps")).isEqualTo(1);
    api.answer("/api/ps", 200, "{\"models\":[]}");
    api.release();
    await().untilAsserted(() -> assertThat(body(probe.read().loaded())).isEmpty());
  }

  @Test
  void asksTheListAnewWhenItsOwnLimitIsOverAndCountsOn() throws Exception {
    api.hold("/api/ps", "{\"models\":[]}");
    ApiProbe probe = probe(new ApiProbe.Limits(SHORT, Duration.ofMillis(500), 12));
    await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .until(() -> silence(probe.read().loaded()).compareTo(Duration.ofMillis(900)) > 0);
    assertThat(api.asked("/api/ps")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void oneSilentRouteDoesNotSpoilTheOthersAndTheInstalledModelsAreCountedMeanwhile()
      throws Exception {
    ApiProbe probe = probe(SHORT, 12);
    probe.read();
    api.hold("/api/version", "");
    assertThat(probe.read().version()).isInstanceOf(Answer.Silent.class);
    Api next = probe.read();
    assertThat(next.loaded()).isInstanceOf(Answer.Good.class);
    assertThat(next.installed()).isInstanceOf(Answer.Good.class);
  }

  @Test
  void aBrokenConnectionIsSilence() throws Exception {
    api.breakOff("/api/version");
    assertThat(probe(ROUND, 12).read().version()).isInstanceOf(Answer.Silent.class);
  }

  @Test
  void isRefusedWhereNobodyListens() throws Exception {
    URI nobody = URI.create("http://" + Loopback.freeAddress());
    OllamaSession session = new OllamaSession(nobody, threads);
    Api read = new ApiProbe(session, System::nanoTime, ApiProbe.Limits.DEFAULT, Tape.NONE).read();
    assertThat(read.version()).isInstanceOf(Answer.Refused.class);
    assertThat(read.loaded()).isInstanceOf(Answer.Refused.class);
    assertThat(read.installed()).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void whatIsNoOllamaIsOdd() throws Exception {
    api.answer("/api/version", 200, "<html>")
        .answer("/api/ps", 503, "busy")
        .answer("/api/tags", 302, "");
    Api read = probe(ROUND, 12).read();
    assertThat(read.version())
        .isEqualTo(new Answer.Odd<>("an answer that is not JSON: this is no Ollama"));
    assertThat(read.loaded()).isEqualTo(new Answer.Odd<>("status 503 instead of 200"));
    assertThat(read.installed()).isEqualTo(new Answer.Odd<>("status 302 instead of 200"));
  }

  @Test
  void readsNoListOfMoreThanAMebibyte() throws Exception {
    api.answer("/api/ps", 200, "{\"models\":[]}" + " ".repeat(1 << 20));
    assertThat(probe(ROUND, 12).read().loaded())
        .isEqualTo(new Answer.Odd<>("the answer is larger than 1 MiB"));
  }

  @Test
  void countsALongListAndHangsUpOnOneOfMoreThan16Mebibytes() throws Exception {
    String model = "{\"name\":\"" + "x".repeat(1000) + "\"},";
    api.answer("/api/tags", 200, "{\"models\":[" + model.repeat(9999) + "{}]}");
    assertThat(body(probe(ROUND, 12).read().installed())).isEqualTo(10_000);
    api.answer("/api/tags", 200, "{\"models\":[" + model.repeat(17_000) + "{}]}");
    assertThat(probe(ROUND, 12).read().installed())
        .isEqualTo(new Answer.Odd<>("an answer longer than 16 MiB"));
  }

  @Test
  void asksWhichFileEachOfSeveralModelsIsOnce() throws Exception {
    api.answer("/api/ps", 200, TWO_MODELS)
        .answer("/api/show", 200, "{\"modelfile\":\"FROM /x/blobs/sha256-0a\\n\"}");
    ApiProbe probe = probe(ROUND, 12);
    await()
        .untilAsserted(
            () ->
                assertThat(body(probe.read().loaded()))
                    .extracting(LoadedModel::blob)
                    .containsExactly("sha256-0a", "sha256-0a"));
    for (int round = 0; round < 30; round++) {
      probe.read();
    }
    assertThat(api.asked())
        .filteredOn(asked -> asked.path().equals("/api/show"))
        .extracting(FakeApi.Asked::body)
        .containsExactlyInAnyOrder("{\"model\":\"a\"}", "{\"model\":\"b\"}");
  }

  @Test
  void doesNotAskForTheFileOfAModelThatIsAlone() throws Exception {
    ApiProbe probe = probe(ROUND, 12);
    probe.read();
    probe.read();
    assertThat(api.asked("/api/show")).isZero();
  }

  @Test
  void asksForAFileAgainAfterABadAnswerButNotAtOnce() throws Exception {
    api.answer("/api/ps", 200, TWO_MODELS);
    ApiProbe probe = probe(ROUND, 12);
    for (int round = 0; round < 12; round++) {
      probe.read();
    }
    await().until(() -> api.asked("/api/show") == 2);
    probe.read();
    await().until(() -> api.asked("/api/show") == 4);
  }

  private static Api secondAfter(ApiProbe probe) throws InterruptedException {
    probe.read();
    return probe.read();
  }

  private ApiProbe probe(Duration round, int tagsEvery) {
    return probe(new ApiProbe.Limits(round, Duration.ofSeconds(30), tagsEvery));
  }

  private ApiProbe probe(ApiProbe.Limits limits) {
    return new ApiProbe(new OllamaSession(api.uri(), threads), System::nanoTime, limits, Tape.NONE);
  }

  private static <T> T body(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Good.class);
    return ((Answer.Good<T>) answer).body();
  }

  private static Duration silence(Answer<List<LoadedModel>> answer) {
    assertThat(answer).isInstanceOf(Answer.Silent.class);
    return ((Answer.Silent<List<LoadedModel>>) answer).after();
  }
}
