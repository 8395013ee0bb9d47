package dev.selfheal.deployed;

import dev.selfheal.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Debian package that this build has made. */
final class Deb {
  static final List<String> UNITS =
      List.of("selfheal.service", "selfheal-exporter.service", "selfheal-verify.timer");

  private static final Duration APT = Duration.ofMinutes(2);

  /** Where it is on a machine. */
  static final String THERE = "/root/ollama-selfheal.deb";

  /** The version of {@link #previous()}, which is lower than this one's. */
  static final String PREVIOUS = "0.0.9";

  private static @Nullable Path previous;

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

  /**
   * Where the package of the build before this one is: made of {@link #path()}, of version {@link
   * #PREVIOUS}, which its program tells, too.
   */
  static synchronized Path previous() {
    Path made = previous;
    if (made == null) {
      String folder = "previous-" + System.getProperty("selfheal.fork", "1");
      made = Repacked.in(path().resolveSibling(folder)).as(PREVIOUS).pack();
      previous = made;
    }
    return made;
  }

  /** Installs it, as an operator does, and returns what that printed. */
  static String install(Machine machine) {
    return install(machine, path());
  }

  /** Installs a package, like {@link #install(Machine)}. */
  static String install(Machine machine, Path deb) {
    machine.copyIn(deb, THERE);
    return apt(machine, "install", "--allow-downgrades", THERE);
  }

  /** Runs apt-get, which asks nothing. */
  static String apt(Machine machine, String... words) {
    Stream<String> apt = Stream.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y");
    return machine.run(APT, Stream.concat(apt, Stream.of(words)).toArray(String[]::new)).output();
  }
}
