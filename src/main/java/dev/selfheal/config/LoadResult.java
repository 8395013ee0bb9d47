package dev.selfheal.config;

import java.util.List;

/** What came of reading a configuration file. */
public sealed interface LoadResult {

  /** The configuration is good; the warnings are worth telling. */
  record Loaded(Config config, List<Problem> warnings) implements LoadResult {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /** The configuration cannot be used, for all of these reasons, in the order of the document. */
  record Rejected(List<Problem> problems) implements LoadResult {
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
