package dev.selfheal.exporter.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A made {@code /proc}. */
final class FakeProc {
  private final Path root;

  FakeProc(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** A process, or what became of it, in state S. */
  FakeProc process(long pid, long parent, long start, String... argv) {
    return state('S', pid, parent, start)
        .file(pid + "/cmdline", argv.length == 0 ? "" : String.join("\0", argv) + "\0");
  }

  FakeProc state(char state, long pid, long parent, long start) {
    String stat = "%d (ol (l) ama) %c %d 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 8 0 %d 9 10 11\n";
    return file(pid + "/stat", stat.formatted(pid, state, parent, start));
  }

  FakeProc file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process has ended. */
  void end(long pid) {
    try (Stream<Path> files = Files.walk(root.resolve(Long.toString(pid)))) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its command line can no longer be read; its state can. */
  void hideCommandLine(long pid) {
    try {
      Files.delete(root.resolve(pid + "/cmdline"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
