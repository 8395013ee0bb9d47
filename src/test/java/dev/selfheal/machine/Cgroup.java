package dev.selfheal.machine;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A control group of one machine's own, in each hierarchy in which systemd keeps its books. Its
 * name says which JVM made it, so that a later one can tell what was left behind.
 */
final class Cgroup implements AutoCloseable {
  /** What the names begin with; the id of the JVM's process and a number follow. */
  static final String PREFIX = "selfheal-test-";

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final List<Path> folders;

  /** Makes it. */
  Cgroup() {
    String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    folders = hierarchies().map(each -> each.resolve(name)).toList();
    try {
      for (Path folder : folders) {
        Files.createDirectory(folder);
      }
    } catch (IOException e) {
      close();
      throw new AssertionError(
          "No control group can be made; a machine needs a writable " + ROOT + ": " + e, e);
    }
  }

  /** Where it is. */
  List<Path> folders() {
    return folders;
  }

  /** One, or the two of systemd's hybrid layout. */
  private static Stream<Path> hierarchies() {
    return Files.exists(ROOT.resolve("cgroup.controllers"))
        ? Stream.of(ROOT)
        : Stream.of(ROOT.resolve("unified"), ROOT.resolve("systemd")).filter(Files::isDirectory);
  }

  /** Removes it, and those that were made in it. Their processes may be about to end. */
  @Override
  public void close() {
    await("no process is left in " + folders).until(() -> folders.stream().allMatch(Cgroup::gone));
  }

  /** All of this host's machines, of any JVM. */
  static Stream<Path> all() {
    return hierarchies().flatMap(Cgroup::children);
  }

  /** Removes what JVMs have left behind that do not run any more. */
  static void sweep() {
    all().filter(each -> !isOwned(each)).toList().forEach(Cgroup::gone);
  }

  private static Stream<Path> children(Path hierarchy) {
    try (Stream<Path> all = Files.list(hierarchy)) {
      return all
          .filter(each -> each.getFileName().toString().matches(PREFIX + "\\d+-\\d+"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOwned(Path folder) {
    String owner = folder.getFileName().toString().substring(PREFIX.length()).replaceAll("-.*", "");
    return ProcessHandle.of(Long.parseLong(owner)).isPresent();
  }

  /** Removes it if there is no process in it; whether it is gone. */
  private static boolean gone(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      // The kernel removes the files, and no folder that has a process in it.
      for (Path each : all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false; // in use, or another JVM removes it now
    }
  }
}
