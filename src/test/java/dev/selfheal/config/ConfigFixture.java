package dev.selfheal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A folder with the files of a configuration. */
record ConfigFixture(Path folder) {
  static final String TARGET =
      """
      targets:
        - name: gpu-01
          match: {instance: "gpu-01:9100"}
          unit: ollama.service
      """;

  static final String BCRYPT = "$2y$10$abcdefghijklmnopqrstuuMdKXyhpRoYXrWpbCWYOnRPpUoSdCJyG";

  ConfigFixture {
    secret(folder, "webhook.token", "0123456789abcdef-webhook\n");
    secret(folder, "operator.token", "0123456789abcdef-operator\n");
    secret(folder, "alice.bcrypt", BCRYPT + "\n");
    secret(folder, "server.crt", "certificate");
    secret(folder, "server.key", "key");
    secret(folder, "clients.crt", "certificates");
  }

  /** Writes a file that only its owner may read. */
  Path secret(String name, String content) {
    return secret(folder, name, content);
  }

  LoadResult load(String yaml, Map<String, String> environment) {
    return ConfigLoader.load(secret("selfheal.yml", yaml), environment, () -> List.of("gpu-01"));
  }

  Config loaded(String yaml) {
    return loaded(yaml, Map.of());
  }

  Config loaded(String yaml, Map<String, String> environment) {
    LoadResult result = load(yaml, environment);
    if (result instanceof LoadResult.Loaded loaded) {
      return loaded.config();
    }
    throw new AssertionError("rejected: " + result);
  }

  /** The errors as shown to the operator. */
  List<String> errors(String yaml) {
    return load(yaml, Map.of()) instanceof LoadResult.Rejected rejected
        ? rejected.problems().stream().map(Problem::toString).toList()
        : List.of();
  }

  /** The warnings as shown to the operator. */
  List<String> warnings(String yaml) {
    if (load(yaml, Map.of()) instanceof LoadResult.Loaded loaded) {
      return loaded.warnings().stream().map(Problem::toString).toList();
    }
    throw new AssertionError("rejected: " + errors(yaml));
  }

  private static Path secret(Path folder, String name, String content) {
    try {
      Path file = Files.writeString(folder.resolve(name), content);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
