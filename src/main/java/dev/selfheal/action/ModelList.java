package dev.selfheal.action;

import dev.selfheal.child.Plain;
import dev.selfheal.ollama.PsModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models in a server's memory, as a section of the evidence that is kept with an attempt. */
final class ModelList {
  private static final int MOST_MODELS = 32;
  private static final int LONGEST_NAME = 200;

  private ModelList() {}

  /**
   * The section, at most 10 KiB.
   *
   * @param listed what {@code /api/ps} says; empty if it did not answer in time
   */
  static String section(Optional<List<PsModel>> listed) {
    return "[models]\n"
        + listed.map(ModelList::rows).orElse("unavailable /api/ps did not answer\n");
  }

  private static String rows(List<PsModel> models) {
    return models.stream().limit(MOST_MODELS).map(ModelList::row).collect(Collectors.joining());
  }

  private static String row(PsModel model) {
    return String.format(
        Locale.ROOT,
        "size=%d vram=%d context=%d expires=%s %s%n",
        model.size(),
        model.sizeVram(),
        model.contextLength(),
        model.expiresAt() == null ? "unknown" : model.expiresAt(),
        Plain.line(model.name(), LONGEST_NAME));
  }
}
