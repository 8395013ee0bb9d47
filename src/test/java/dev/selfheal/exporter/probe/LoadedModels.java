package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.ollama.PsModel;
import java.util.List;

/** Rows of {@code /api/ps} as the exporter knows them before it has asked for their files. */
final class LoadedModels {

  private LoadedModels() {}

  static List<LoadedModel> of(List<PsModel> models) {
    return models.stream()
        .map(
            each ->
                new LoadedModel(
                    each.name(),
                    each.expiresAt(),
                    each.size(),
                    each.sizeVram(),
                    each.contextLength(),
                    null))
        .toList();
  }
}
