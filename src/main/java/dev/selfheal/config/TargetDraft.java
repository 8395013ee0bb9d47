package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could be read of a target; null stands for what is missing or wrong. */
record TargetDraft(
    Section section,
    @Nullable String name,
    @Nullable Map<String, String> match,
    @Nullable String unit,
    @Nullable URI ollamaUrl,
    @Nullable List<String> restartCommand,
    @Nullable Path textfile) {

  /** The target; null unless all that it needs is there. */
  @Nullable TargetConfig complete() {
    if (name == null || match == null || ollamaUrl == null) {
      return null;
    }
    List<String> command = restartCommand == null ? List.of() : restartCommand;
    return new TargetConfig(name, match, List.of(), unit, ollamaUrl, command, textfile);
  }

  /**
   * What a restart acts on: the unit, or else the command; null when that is not known. All targets
   * are on the receiver's own host, which is why the host is no part of it.
   */
  @Nullable Object actuator() {
    return section.has("unit") ? unit : restartCommand;
  }

  /** How a message speaks of this target: by its path, and its name where it has one. */
  String title() {
    String path = section.place().path();
    return name == null ? path : path + " (" + name + ")";
  }
}
