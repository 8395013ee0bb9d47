package dev.selfheal.demo;

import static dev.selfheal.demo.FakeScene.SHORT;
import static dev.selfheal.demo.FakeScene.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runner that SIGSTOP has stopped, as it was seen on a real server of 0.32. */
@Timeout(120)
class FakeStoppedIT {
  private static final Duration BRIEFLY = Duration.ofSeconds(2);
  private static final String SECONDS_LONG =
      "{\"model\":\"slow\",\"prompt\":\"hi\",\"stream\":false,\"options\":{\"num_predict\":150}}";

  @TempDir private Path folder;

  @Test
  void whileIdleItIsReplacedAfterTwoPingsAndTheListBlocksMeanwhile() throws Exception {
    try (FakeScene scene = scene().loaded()) {
      long stopped = scene.runner();
      signal("STOP", stopped);
      long began = System.nanoTime();
      CompletableFuture<HttpResponse<String>> next = scene.ask("/api/generate", SHORT);
      await().until(() -> listBlocks(scene));
      assertThat(scene.get("/api/tags").statusCode()).isEqualTo(200);
      assertThat(next.join().statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(19));
      assertThat(scene.runner()).isNotIn(0L, stopped);
    }
  }

  @Test
  void inAnAnswerItHoldsTheNextRequestAndIsNotUnloadedWhileAnotherModelAnswers() throws Exception {
    try (FakeScene scene = scene().loaded()) {
      String other = SHORT.replace("slow", "tiny");
      assertThat(scene.ask("/api/generate", other).join().statusCode()).isEqualTo(200);
      CompletableFuture<HttpResponse<String>> first = scene.ask("/api/generate", SECONDS_LONG);
      await().until(() -> scene.sent() > 300);
      long stopped = scene.runner();
      signal("STOP", stopped);
      CompletableFuture<HttpResponse<String>> second = scene.ask("/api/generate", SHORT);
      await().until(() -> listBlocks(scene));
      long began = System.nanoTime();
      assertThat(scene.ask("/api/generate", other).join().statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
      String unload = "{\"model\":\"slow\",\"keep_alive\":0}";
      assertThat(scene.ask("/api/generate", unload).join().body()).contains("\"unload\"");
      assertThat(scene.runner()).isEqualTo(stopped);
      assertThat(first).isNotDone();
      assertThat(second).isNotDone();
      signal("CONT", stopped);
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(second.join().statusCode()).isEqualTo(200);
    }
  }

  private static boolean listBlocks(FakeScene scene) throws IOException, InterruptedException {
    try {
      scene.get("/api/ps", BRIEFLY);
      return false;
    } catch (HttpTimeoutException e) {
      return true;
    }
  }

  private FakeScene scene() throws Exception {
    return new FakeScene(folder.resolve("fake"), FakeOllama.Kind.usual(FakeVersion.PER_CALL));
  }
}
