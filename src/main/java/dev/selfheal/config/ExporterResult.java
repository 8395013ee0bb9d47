package dev.selfheal.config;

import java.util.List;

/** What came of reading the exporter's section of a configuration file. */
public sealed interface ExporterResult {

  /** It is good. */
  record Found(ExporterConfig exporter) implements ExporterResult {}

  /** It cannot be used, for all of these reasons. */
  record Unusable(List<Problem> problems) implements ExporterResult {
    public Unusable {
      problems = List.copyOf(problems);
    }
  }
}
