package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Attribution;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads what {@code nvidia-smi --query-compute-apps=pid --format=csv,noheader,nounits} prints: the
 * pid of each process that computes, once for each of its GPUs. A desktop is not among them.
 */
public final class ComputeApps {

  private ComputeApps() {}

  /** The sole user, if every row names the same process; else nobody. */
  public static Attribution parse(String output) {
    Set<Long> pids = new HashSet<>();
    for (String line : (Iterable<String>) output.lines()::iterator) {
      String row = line.strip();
      if (row.isEmpty()) {
        continue;
      }
      if (!PmonOutput.isPid(row)) {
        return new Attribution.Nobody(); // somebody whose pid is not told, or an error
      }
      pids.add(Long.parseLong(row));
    }
    return pids.size() == 1
        ? new Attribution.SoleUser(pids.iterator().next())
        : new Attribution.Nobody();
  }
}
