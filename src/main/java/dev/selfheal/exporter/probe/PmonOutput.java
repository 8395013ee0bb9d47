package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Attribution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nvidia-smi pmon -c 1 -s u} prints: a row for each process on each GPU. Drivers
 * differ in the columns, so they are found by the names in the header.
 */
public final class PmonOutput {
  private static final int LONGEST_PID = 10;

  private PmonOutput() {}

  /**
   * The share of each process, the highest of its GPUs. A process whose share is missing on one of
   * them is unmeasured as well, since that one could be its highest.
   *
   * @return empty if no process is named: not supported here, or it may not see them. It never
   *     means that nobody computes.
   */
  public static Optional<Attribution.ByProcess> parse(String output) {
    Map<Long, Double> utilization = new HashMap<>();
    Set<Long> unmeasured = new HashSet<>();
    int pid = -1;
    int share = -1;
    for (String line : (Iterable<String>) output.lines()::iterator) {
      List<String> words = words(line);
      if (line.stripLeading().startsWith("#")) {
        pid = words.contains("pid") ? words.indexOf("pid") : pid;
        share = words.contains("pid") ? words.indexOf("sm") : share;
      } else if (pid >= 0 && pid < words.size() && isPid(words.get(pid))) {
        Double ratio = share < 0 || share >= words.size() ? null : ratio(words.get(share));
        note(Long.parseLong(words.get(pid)), ratio, utilization, unmeasured);
      }
    }
    return utilization.isEmpty() && unmeasured.isEmpty()
        ? Optional.empty()
        : Optional.of(new Attribution.ByProcess(utilization, unmeasured));
  }

  private static void note(
      long pid, @Nullable Double ratio, Map<Long, Double> utilization, Set<Long> unmeasured) {
    if (ratio == null) {
      unmeasured.add(pid);
    } else {
      utilization.merge(pid, ratio, Math::max);
    }
  }

  /** The {@code #} of the header stands apart in some drivers' output and sticks in others'. */
  private static List<String> words(String line) {
    return List.of(line.replace('#', ' ').strip().split("\\s+"));
  }

  /** A process id, and not 0, with which some drivers stand for "none". */
  static boolean isPid(String text) {
    return text.length() <= LONGEST_PID
        && !text.isEmpty()
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(text) > 0;
  }

  private static @Nullable Double ratio(String percent) {
    Double value = Decimal.of(percent, 100);
    return value == null ? null : Double.valueOf(value / 100);
  }
}
