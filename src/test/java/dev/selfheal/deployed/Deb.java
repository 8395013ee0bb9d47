package dev.selfheal.deployed;

import dev.selfheal.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The Debian package that this build has made. */
final class Deb {
  static final List<String> UNITS =
      List.of("selfheal.service", "selfheal-exporter.service", "selfheal-verify.timer");

  private static final Duration APT = Duration.ofMinutes(2);

  /** Where it is on a machine. */
  static final String THERE = "/root/ollama-selfheal.deb";

  private Deb() {}

  /** Where it is. */
  static Path path() {
    String jar = System.getProperty("selfheal.jar", "target/selfheal.jar");
    try (Stream<Path> files = Files.list(Path.of(jar).toAbsolutePath().resolveSibling(""))) {
      return files
          .filter(file -> file.getFileName().toString().matches("ollama-selfheal_.*_all\\.deb"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no package; run: mvn package"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs it, as an operator does, and returns what that printed. */
  static String install(Machine machine) {
    machine.copyIn(path(), THERE);
    return apt(machine, "install", THERE);
  }

  /** Runs apt-get, which asks nothing. */
  static String apt(Machine machine, String... words) {
    Stream<String> apt = Stream.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y");
    return machine.run(APT, Stream.concat(apt, Stream.of(words)).toArray(String[]::new)).output();
  }
}
