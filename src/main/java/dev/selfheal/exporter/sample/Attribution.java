package dev.selfheal.exporter.sample;

import java.util.Map;
import java.util.Set;

/** Which process keeps the GPUs busy. */
public sealed interface Attribution {

  /**
   * The driver says it process by process.
   *
   * @param utilization by pid, 0 to 1, the highest of its GPUs; a process that is on no GPU is
   *     absent
   * @param unmeasured processes on a GPU whose share the driver does not say
   */
  record ByProcess(Map<Long, Double> utilization, Set<Long> unmeasured) implements Attribution {
    public ByProcess {
      utilization = Map.copyOf(utilization);
      unmeasured = Set.copyOf(unmeasured);
    }
  }

  /** Only this process computes on any GPU. */
  record SoleUser(long pid) implements Attribution {}

  /** Nobody can say, or nobody needed to ask because all are idle. */
  record Nobody() implements Attribution {}
}
