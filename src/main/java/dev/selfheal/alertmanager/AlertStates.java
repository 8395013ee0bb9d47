package dev.selfheal.alertmanager;

import java.util.HashSet;
import java.util.Set;

/**
 * The fingerprints of the alerts of one answer, by what Alertmanager makes of them.
 *
 * @param active they fire, and people are told
 * @param suppressed something keeps their notifications back
 * @param open they are there, but not judged: unprocessed, or what a newer version may say
 */
record AlertStates(Set<String> active, Set<String> suppressed, Set<String> open) {

  /** None yet; to be filled. */
  AlertStates() {
    this(new HashSet<>(), new HashSet<>(), new HashSet<>());
  }
}
