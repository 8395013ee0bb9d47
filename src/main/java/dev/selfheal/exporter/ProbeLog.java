package dev.selfheal.exporter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when a probe begins to fail, fails for another reason, and can read its source again. */
final class ProbeLog {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeLog.class);

  /** A number, or several as in {@code 12, 14, 130}. */
  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:(?:\\s*,\\s*|\\s+)\\d+)*+");

  private final Map<String, String> told = new HashMap<>();

  void note(List<Page.ProbeRun> runs) {
    for (Page.ProbeRun run : runs) {
      String failure = run.failure();
      if (failure == null) {
        if (told.remove(run.probe()) != null) {
          LOG.info("the probe {} can read its source again", run.probe());
        }
        continue;
      }
      // A count that goes on is no other reason, nor is a list of pids that grows.
      String reason = NUMBERS.matcher(failure).replaceAll("#");
      if (!reason.equals(told.put(run.probe(), reason))) {
        LOG.warn("the probe {} fails: {}", run.probe(), failure);
      }
    }
  }
}
