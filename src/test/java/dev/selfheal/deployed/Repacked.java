package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * This build's package, taken apart and put together again as one of another build. Nothing is
 * downloaded.
 */
final class Repacked {
  private static final String JAR = "usr/share/ollama-selfheal/selfheal.jar";

  private final Path tree;

  private Repacked(Path tree) {
    this.tree = tree;
  }

  /**
   * Unpacks it.
   *
   * @param folder for the tree and the package; made if it is missing
   */
  static Repacked in(Path folder) {
    Path tree = folder.resolve("tree");
    remove(tree); // of a run that was killed
    folder.toFile().mkdirs();
    passes(ToolRun.dpkgDeb("-R", Deb.path().toString(), tree.toString()));
    return new Repacked(tree);
  }

  /** Where an installed file is now, such as {@code usr/bin/selfheal}. */
  Path file(String installed) {
    return tree.resolve(installed);
  }

  /** Gives it another version: that of the package, and the one that its program tells. */
  Repacked as(String version) {
    replace(tree.resolve("DEBIAN/control"), "(?m)^Version: .*$", "Version: " + version);
    try (FileSystem jar = FileSystems.newFileSystem(tree.resolve(JAR))) {
      Path told = jar.getPath("dev/selfheal/cli/build.properties");
      replace(told, "(?m)^version=.*$", "version=" + version);
      Path manifest = jar.getPath("META-INF/MANIFEST.MF");
      replace(manifest, "(?m)^Implementation-Version: .*$", "Implementation-Version: " + version);
      // It tells of the jar that was; dpkg makes one of its own where there is none.
      Files.delete(tree.resolve("DEBIAN/md5sums"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Gives it a script, such as {@code preinst}. */
  Repacked with(String script, String text) {
    try {
      Path file = Files.writeString(tree.resolve("DEBIAN").resolve(script), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Packs it, without compression, removes the tree, and returns where the package is. */
  Path pack() {
    Path deb = tree.resolveSibling("ollama-selfheal.deb");
    passes(ToolRun.dpkgDeb("--root-owner-group", "-Znone", "-b", tree.toString(), deb.toString()));
    remove(tree);
    return deb;
  }

  private static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Path file, String pattern, String line) {
    try {
      String before = Files.readString(file);
      String after = before.replaceAll(pattern, line);
      assertThat(after).as("%s with %s", file, line).isNotEqualTo(before);
      Files.writeString(file, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void passes(ToolRun run) {
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
