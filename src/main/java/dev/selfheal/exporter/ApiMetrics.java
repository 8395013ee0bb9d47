package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.LoadedModel;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the API says of itself and of the models in memory. */
final class ApiMetrics {

  private ApiMetrics() {}

  static void add(Page page, Families families) {
    Api api = page.sample().api();
    families
        .gauge("ollama_up", "Whether any route of the API answers; also a frozen server's do.")
        .add(isUp(api));
    families
        .gauge("ollama_ps_up", "Whether /api/ps answers; it may take 20 s during a repair.")
        .add(isGood(api.loaded()));
    families
        .gauge("ollama_models_installed", "Models on disk, from /api/tags.")
        .add(page.known().installed());
    addLoaded(loaded(api), families);
  }

  private static void addLoaded(@Nullable List<LoadedModel> loaded, Families families) {
    Integer count = loaded == null ? null : loaded.size();
    families.gauge("ollama_models_loaded", "Models in memory, from /api/ps.").add(count);
    Double vram = loaded == null ? null : loaded.stream().mapToDouble(LoadedModel::sizeVram).sum();
    families.gauge("ollama_vram_used_bytes", "GPU memory that loaded models use.").add(vram);
    Double ratio =
        loaded == null || loaded.isEmpty()
            ? null
            : loaded.stream().mapToDouble(LoadedModel::vramRatio).min().orElseThrow();
    families
        .gauge(
            "ollama_model_vram_ratio",
            "Share of a loaded model that is on the GPU; the least of all loaded models.")
        .add(ratio);
  }

  private static @Nullable Boolean isUp(Api api) {
    List<Answer<?>> answers = List.of(api.version(), api.installed(), api.loaded());
    Stream<Boolean> asked = answers.stream().map(ApiMetrics::isGood).flatMap(Stream::ofNullable);
    return asked.reduce(Boolean::logicalOr).orElse(null);
  }

  /** Null for a route that was not asked. */
  private static @Nullable Boolean isGood(Answer<?> answer) {
    return answer instanceof Answer.NotAsked<?> ? null : answer instanceof Answer.Good<?>;
  }

  private static @Nullable List<LoadedModel> loaded(Api api) {
    return api.loaded() instanceof Answer.Good<List<LoadedModel>> good ? good.body() : null;
  }
}
