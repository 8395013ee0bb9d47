package dev.selfheal.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Keeps incidents so small that each look can read them, within one transaction. A further alert of
 * an incident that is open and fires changes nothing about it, so it need not be written down.
 */
final class Crowd {

  /** So many alerts of one incident are written down, if one of them fires. */
  static final int MOST = 10_000;

  private final Handle handle;
  private final Map<Long, Integer> written = new HashMap<>();
  private final Map<Long, Integer> firing = new HashMap<>();

  Crowd(Handle handle) {
    this.handle = handle;
  }

  /** Whether a firing alert that joins this incident is written down; counts it if so. */
  boolean takes(long incident) {
    int before = written.computeIfAbsent(incident, id -> PairRows.count(handle, id));
    boolean taken = before < MOST || firing(incident) == 0;
    if (taken) {
      written.put(incident, before + 1);
      firing.computeIfPresent(incident, (id, count) -> count + 1);
    }
    return taken;
  }

  /** One of its alerts fires no more. */
  void resolved(long incident) {
    firing.computeIfPresent(incident, (id, count) -> count - 1);
  }

  private int firing(long incident) {
    return firing.computeIfAbsent(incident, id -> PairRows.tally(handle, id).firing());
  }
}
