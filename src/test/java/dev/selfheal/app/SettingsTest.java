package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Path OWN = Path.of("/run/selfheal-exporter/ollama.prom");

  @TempDir Path folder;

  @Test
  void theExportersFileSpeaksOfTheTargetThatItWatches() throws IOException {
    assertThat(textfile("")).contains(OWN);
  }

  @Test
  void theExportersFileDoesNotSpeakOfAnotherOllama() throws IOException {
    assertThat(textfile("ollama_url: http://127.0.0.1:11435")).isEmpty();
  }

  @Test
  void aTargetMayNameTheFileOfItsOwnExporter() throws IOException {
    assertThat(textfile("ollama_url: http://127.0.0.1:11435, textfile: /run/b/b.prom"))
        .contains(Path.of("/run/b/b.prom"));
  }

  private Optional<Path> textfile(String keys) throws IOException {
    Path file = folder.resolve("selfheal.yml");
    String more = keys.isEmpty() ? "" : ", " + keys;
    Files.writeString(
        file, "targets: [{name: a, match: {instance: a}, unit: ollama.service" + more + "}]\n");
    LoadResult result = ConfigLoader.load(file, Map.of());
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    LoadResult.Loaded loaded = (LoadResult.Loaded) result;
    Target target = Settings.managed(loaded.config()).targets().get(0);
    return target.signs().textfile();
  }
}
