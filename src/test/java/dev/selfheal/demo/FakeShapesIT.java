package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fake's answers have the members and types of the recorded ones. */
@Timeout(60)
class FakeShapesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String STREAMED =
      "{\"model\":\"slow\",\"created_at\":\"2026-11-22T01:16:26.871200666Z\",\"response\":\""
          + " fihi\",\"done\":false}";
  private static final String WHOLE =
      """
      {"model":"tiny","created_at":"2026-11-22T01:14:59.375027971Z","response":" fumo fami","done":true,\
      "done_reason":"length","context":[375,335,462],"total_duration":272379753,\
      "load_duration":262856764,"prompt_eval_count":4,"prompt_eval_duration":1239250,\
      "eval_count":8,"eval_duration":4392330}""";
  private static final String UNLOADED =
      "{\"model\":\"slow\",\"created_at\":\"2026-11-22T01:15:49.432319667Z\",\"response\":\"\","
          + "\"done\":true,\"done_reason\":\"unload\"}";

  @TempDir private Path folder;

  @Test
  void of032() throws Exception {
    compare(FakeVersion.PER_CALL, "0.32.15-gen_stream.jsonl.gz");
  }

  @Test
  void of024() throws Exception {
    compare(FakeVersion.POOLED, "0.24.0-gen_nonstream.jsonl.gz");
  }

  private void compare(FakeVersion version, String recording) throws Exception {
    try (FakeScene scene = new FakeScene(folder.resolve("fake"), FakeOllama.Kind.usual(version))) {
      scene.loaded();
      JsonNode recorded = firstSample(recording).path("api");
      for (String path : new String[] {"version", "tags", "ps"}) {
        JsonNode body = JSON.readTree(recorded.path(path).path("body").asText());
        assertThat(shape(scene.json("/api/" + path))).as(path).isEqualTo(shape(body));
      }
      String whole = scene.ask("/api/generate", FakeScene.SHORT).join().body();
      assertThat(shape(JSON.readTree(whole))).isEqualTo(shape(JSON.readTree(WHOLE)));
      String streamed =
          scene.ask("/api/generate", FakeScene.SHORT.replace("false", "true")).join().body();
      String first = streamed.lines().findFirst().orElseThrow();
      assertThat(shape(JSON.readTree(first))).isEqualTo(shape(JSON.readTree(STREAMED)));
      String gone =
          scene.ask("/api/generate", "{\"model\":\"slow\",\"keep_alive\":0}").join().body();
      assertThat(shape(JSON.readTree(gone))).isEqualTo(shape(JSON.readTree(UNLOADED)));
    }
  }

  /** Members with their types; of a list, those of its first element. */
  private static Object shape(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      node.properties().forEach(each -> members.put(each.getKey(), shape(each.getValue())));
      return members;
    }
    return node.isArray() && !node.isEmpty() ? shape(node.get(0)) : node.getNodeType();
  }

  private static JsonNode firstSample(String recording) throws IOException {
    try (InputStream in =
            FakeShapesIT.class.getResourceAsStream(
                "/dev/selfheal/exporter/sequences/" + recording);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      lines.readLine();
      return JSON.readTree(lines.readLine());
    }
  }
}
