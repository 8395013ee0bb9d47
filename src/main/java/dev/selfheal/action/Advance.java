package dev.selfheal.action;

import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Watches whether a model that is being loaded comes on. */
final class Advance {
  /** A load that has used no CPU and no more memory for so long does not come on. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private long sum = -1;
  private Instant changed = Instant.MIN;

  /**
   * Whether it is being loaded, and comes on, as far as that can be seen. On a host that shows no
   * runner only the server's list of loaded models tells.
   *
   * @param listed the models that the server says are loaded
   */
  boolean loads(String model, List<PsModel> listed, HostReport report, Instant now) {
    List<ProcessRow> processes =
        report instanceof HostReport.Seen seen ? seen.processes() : List.<ProcessRow>of();
    long work =
        processes.stream()
            .filter(row -> row.role() != ProcessRow.Role.SERVE)
            .mapToLong(row -> row.cpuTicks() + row.residentKibibytes())
            .sum();
    if (work != sum) {
      sum = work;
      changed = now;
    }
    boolean loaded = listed.stream().anyMatch(each -> each.name().equals(model));
    boolean still = !processes.isEmpty() && !now.isBefore(changed.plus(PATIENCE));
    return !loaded && !still;
  }
}
