package dev.selfheal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The capabilities that a process can have at most. Who enters a container keeps the host's, and
 * could set the clock that they share.
 */
final class Bound {
  private static final String LINE = "CapBnd:";

  private Bound() {}

  /**
   * What this JVM has and a process lacks, as {@code setpriv --bounding-set} takes it away.
   *
   * @throws AssertionError if there is no such process
   */
  static String lackedBy(long pid) {
    long lacked = of("self") & ~of("" + pid);
    return IntStream.range(0, Long.SIZE)
        .filter(bit -> (lacked >>> bit & 1) == 1)
        .mapToObj(bit -> "-cap_" + bit)
        .collect(Collectors.joining(","));
  }

  private static long of(String process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", process, "status"))) {
      String bits = lines.filter(each -> each.startsWith(LINE)).findFirst().orElseThrow();
      return Long.parseUnsignedLong(bits.substring(LINE.length()).strip(), 16);
    } catch (IOException e) {
      throw new AssertionError("process " + process + " is gone", e);
    }
  }
}
