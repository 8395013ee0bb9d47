package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /proc}, or a folder that looks like it. What is not there, or not readable, is absent. */
final class ProcFolder {
  static final ProcFolder HOST = new ProcFolder(Path.of("/proc"));

  /** Enough for the sockets of a busy host; more is cut off. */
  private static final int MAX_BYTES = 16 << 20;

  private final File root;

  ProcFolder(Path root) {
    this.root = root.toFile();
  }

  /** The text of a file, such as {@code net/tcp}. */
  Optional<String> text(String name) {
    // Not java.nio.file.Files: it takes twice the time, and a round reads dozens of these.
    try (InputStream in = new FileInputStream(new File(root, name))) {
      return Optional.of(new String(in.readNBytes(MAX_BYTES), UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // gone, or not for this user
    }
  }

  Optional<ProcessStat> stat(long pid) {
    return text(pid + "/stat").flatMap(ProcStat::parse);
  }

  /** Arguments with a NUL after each; empty for a zombie and for a thread of the kernel. */
  Optional<String> commandLine(long pid) {
    return text(pid + "/cmdline");
  }

  boolean isZombie(long pid) {
    return stat(pid).filter(stat -> stat.state() == ProcessState.ZOMBIE).isPresent();
  }

  /** Every process, in no order. */
  List<Long> pids() {
    return numbersIn("");
  }

  /** The names in a folder that are numbers; empty if it is not there. */
  List<Long> numbersIn(String folder) {
    String[] names = new File(root, folder).list();
    return names == null
        ? List.of()
        : Stream.of(names).filter(ProcFolder::isPid).map(Long::valueOf).toList();
  }

  private static boolean isPid(String name) {
    return !name.isEmpty()
        && name.length() < 10
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
