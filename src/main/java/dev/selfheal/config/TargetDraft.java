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
    @Nullable Path textfile,
    @Nullable SshConfig ssh,
    @Nullable LadderConfig ladder,
    PermissionConfig permission) {

  /** The target; null unless all that it needs is there. */
  @Nullable TargetConfig complete() {
    if (name == null || match == null || ollamaUrl == null) {
      return null;
    }
    List<String> command = restartCommand == null ? List.of() : restartCommand;
    LadderConfig steps = ladder == null ? LadderConfig.NONE : ladder;
    return new TargetConfig(
        name, match, List.of(), unit, ollamaUrl, command, textfile, ssh, steps, permission);
  }

  /** What a restart acts on: the unit, or else the command, and where; null if it is not known. */
  @Nullable Object actuator() {
    Object what = section.has("unit") ? unit : command();
    return onItsHost(what);
  }

  private @Nullable Object command() {
    return ssh == null ? restartCommand : ssh.command();
  }

  /** Where its API is, seen from which host; null if it is not known. */
  @Nullable Object api() {
    return onItsHost(ollamaUrl);
  }

  private @Nullable Object onItsHost(@Nullable Object what) {
    boolean unknown = what == null || (section.has("ssh") && ssh == null);
    return unknown ? null : List.of(ssh == null ? "" : ssh.place(), what);
  }

  /** The key that says what a restart acts on. */
  String actuatorKey() {
    return section.has("unit") ? "unit" : section.has("ssh") ? "ssh" : "restart_command";
  }

  /** How a message speaks of this target: by its path, and its name where it has one. */
  String title() {
    String path = section.place().path();
    return name == null ? path : path + " (" + name + ")";
  }
}
