package dev.selfheal.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a configuration file says about how to reach its receiver. */
public sealed interface AccessResult {

  /**
   * How to reach it.
   *
   * @param tls whether it speaks HTTPS
   * @param operatorTokenFile what to prove the role of an operator with; null when there is no
   *     token
   */
  record Found(ListenConfig listen, boolean tls, @Nullable Path operatorTokenFile)
      implements AccessResult {}

  /** The file does not say it, for these reasons, in the order of the document. */
  record Unusable(List<Problem> problems) implements AccessResult {
    public Unusable {
      problems = List.copyOf(problems);
    }
  }
}
