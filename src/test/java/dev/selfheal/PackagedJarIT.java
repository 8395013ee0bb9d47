package dev.selfheal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

class PackagedJarIT {

  private static final Path JAR =
      Path.of(System.getProperty("selfheal.jar", "target/selfheal.jar"));

  @Test
  void runsOnItsOwnAndTellsItsVersion() throws Exception {
    Process process =
        new ProcessBuilder(java(), "-jar", JAR.toString(), "--version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(output).isEqualTo("selfheal " + implementationVersion() + System.lineSeparator());
  }

  @Test
  void carriesTheDatabaseLibraryForTheLinuxesItSupportsAndNoOther() throws IOException {
    assertThat(entries("org/sqlite/native/"))
        .containsExactlyInAnyOrder(
            "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so");
  }

  @Test
  void carriesItsLicenceAndTheNoticesOfWhatItContains() throws IOException {
    assertThat(entries("META-INF/"))
        .contains("META-INF/LICENSE", "META-INF/LICENSE.txt", "META-INF/NOTICE");
  }

  private static String implementationVersion() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Manifest manifest = jar.getManifest();
      return manifest.getMainAttributes().getValue("Implementation-Version");
    }
  }

  private static List<String> entries(String prefix) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .filter(name -> name.startsWith(prefix))
          .toList();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
