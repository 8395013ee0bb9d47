package dev.selfheal.evidence;

import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;

/**
 * Asks a target's own exporter whether its server makes progress. An answer that is old, missing or
 * not understood is {@link Evidence.Unknown}.
 */
@FunctionalInterface
public interface TargetEvidence {

  /** What the target's exporter says now. Never throws for what the target's host does. */
  Evidence of(Target target);

  /** For targets that have no exporter: nobody can say. */
  TargetEvidence NONE = target -> new Evidence.Unknown("it has no exporter here");
}
