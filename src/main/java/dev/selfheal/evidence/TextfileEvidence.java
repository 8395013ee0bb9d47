package dev.selfheal.evidence;

import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;
import dev.selfheal.verdict.ExporterPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Reads what the exporter on this host wrote last about a local target: the same page that
 * node_exporter serves, without the way through Prometheus.
 */
public final class TextfileEvidence implements TargetEvidence {
  /** A page of some dozens of series is a few kilobytes. */
  static final long MAX_BYTES = 1 << 20;

  private final Clock clock;

  public TextfileEvidence(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Evidence of(Target target) {
    return target
        .signs()
        .textfile()
        .map(this::read)
        .orElseGet(() -> new Evidence.Unknown("no textfile is configured for it"));
  }

  private Evidence read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return new Evidence.Unknown(file + " is too long for a page of the exporter");
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return ExporterPage.read(text, clock.instant()).judge(file.toString());
    } catch (NoSuchFileException e) {
      return new Evidence.Unknown(file + " does not exist: is the exporter running?");
    } catch (IOException e) {
      return new Evidence.Unknown(file + " cannot be read: " + e.getMessage());
    }
  }
}
