package dev.selfheal.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Programs that must be installed.
 *
 * @param packages which Debian package brings each
 */
record Needs(Map<String, String> packages) {
  /** Without it the exporter sees no bytes, and a freeze counts after ten minutes only. */
  private static final Map<String, String> ALWAYS = Map.of("ss", "iproute2");

  static Needs of(Demo.Wish wish) {
    Map<String, String> all = new TreeMap<>(ALWAYS);
    if (wish.prometheus()) {
      all.putAll(PrometheusChain.programs());
    }
    return new Needs(all);
  }

  /**
   * Looks for them.
   *
   * @param path folders, as in {@code PATH}
   * @throws DemoFailed if one is missing, naming what to install
   */
  void check(String path) throws DemoFailed {
    TreeSet<String> missing = new TreeSet<>(packages.keySet());
    missing.removeIf(program -> isOn(path, program));
    if (!missing.isEmpty()) {
      throw DemoFailed.impossible(
          "this needs %s on the PATH: apt-get install %s"
              .formatted(
                  String.join(", ", missing),
                  String.join(" ", missing.stream().map(packages::get).toList())));
    }
  }

  private static boolean isOn(String path, String program) {
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
