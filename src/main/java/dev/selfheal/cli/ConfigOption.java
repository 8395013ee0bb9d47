package dev.selfheal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {
  private static final Path DEFAULT = Path.of("/etc/selfheal/selfheal.yml");

  @Option(
      names = "--config.file",
      paramLabel = "PATH",
      description = "Configuration file (default: /etc/selfheal/selfheal.yml).")
  private @Nullable Path file;

  /** The file named, or the usual one. */
  Path file() {
    return file == null ? DEFAULT : file;
  }

  /** Whether there is nothing to read: no file was named, and the usual one is not there. */
  boolean isAbsent() {
    return file == null && Files.notExists(DEFAULT);
  }
}
