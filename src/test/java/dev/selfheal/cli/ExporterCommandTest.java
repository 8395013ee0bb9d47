package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExporterCommandTest {
  @TempDir private Path folder;

  @Test
  void onceToStandardOutputNeedsNoFolder() throws IOException {
    try (FakeApi api = answering()) {
      Ran ran = exporter(api, "/no/such/folder/x.prom", "--once", "--stdout");
      assertThat(ran.code()).isZero();
      assertThat(ran.out())
          .contains(
              "\nollama_up 1.0\n",
              "\nollama_models_loaded 0.0\n",
              "\nollama_models_installed 2.0\n");
    }
  }

  @Test
  void standardOutputLeavesTheStateAsItWas() throws IOException {
    try (FakeApi api = answering()) {
      exporter(api, "/no/such/folder/x.prom", "--once", "--stdout");
      assertThat(folder.resolve("state.json")).doesNotExist();

      Files.writeString(
          folder.resolve("state.json"),
          "{\"format\":1,\"runner_cpu_ms\":0,\"completed\":{\"2xx\":7}}");
      String before = Files.readString(folder.resolve("state.json"));
      assertThat(exporter(api, "/no/such/folder/x.prom", "--once", "--stdout").code()).isZero();
      assertThat(folder.resolve("state.json")).hasContent(before);
    }
  }

  @Test
  void onceWritesTheTextfile() throws IOException {
    try (FakeApi api = answering()) {
      Ran ran = exporter(api, folder.resolve("ollama.prom").toString(), "--once");
      assertThat(ran).isEqualTo(new Ran(0, "", ""));
      assertThat(folder.resolve("ollama.prom")).content().contains("\nollama_up 1.0\n");
      assertThat(folder.resolve("state.json")).exists();
    }
  }

  @Test
  void tellsInOneLineThatTheFolderIsMissing() throws IOException {
    try (FakeApi api = answering()) {
      Ran ran = exporter(api, "/no/such/folder/x.prom", "--once");
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.err())
          .startsWith("selfheal exporter: exporter.textfile: the folder /no/such/folder does not");
      assertThat(api.asked()).isEmpty();
    }
  }

  @Test
  void tellsEveryProblemOfItsConfigurationAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("x.yml"), "exporter: {interval: 1h, canary: 5}");
    Ran ran = Ran.with("exporter", "--once", "--config.file=" + file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(2);
  }

  private static FakeApi answering() {
    return new FakeApi()
        .answer("/api/version", 200, "{\"version\":\"0.32.15\"}")
        .answer("/api/ps", 200, "{\"models\":[]}")
        .answer("/api/tags", 200, "{\"models\":[{},{}]}");
  }

  private Ran exporter(FakeApi api, String textfile, String... options) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("selfheal.yml"),
            """
            exporter:
              ollama_url: %s
              textfile: %s
              state: state.json
              unit: selfheal-test-%d.service
            """
                .formatted(api.uri(), textfile, api.uri().getPort()));
    String[] args = new String[options.length + 2];
    args[0] = "exporter";
    args[1] = "--config.file=" + file;
    System.arraycopy(options, 0, args, 2, options.length);
    return Ran.with(args);
  }
}
