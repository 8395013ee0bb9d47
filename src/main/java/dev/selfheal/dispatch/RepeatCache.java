package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers for a moment which open incident an alert belongs to, and so saves the repeats of a
 * storm a write. It never decides anything.
 */
public final class RepeatCache {

  /** A repeat within this time adds nothing to what the ledger knows. */
  static final Duration MOMENT = Duration.ofSeconds(2);

  private static final int MOST = 20_000;

  private final Cache<Key, Long> incidents;
  private final AtomicLong generation = new AtomicLong();
  private final Set<Long> deciding = ConcurrentHashMap.newKeySet();

  private record Key(AlertKey pair, AlertStatus status) {}

  public RepeatCache(Ticker ticker) {
    this.incidents =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(MOMENT)
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
  }

  /** A number that changes whenever something is forgotten. */
  long generation() {
    return generation.get();
  }

  Optional<Long> incidentOf(Alert alert) {
    return Optional.ofNullable(incidents.getIfPresent(new Key(alert.key(), alert.status())))
        .filter(incident -> !deciding.contains(incident));
  }

  /** Remembers, unless something was forgotten since then: it might have been this very thing. */
  synchronized void remember(Alert alert, long incident, long sinceGeneration) {
    if (generation.get() == sinceGeneration && !deciding.contains(incident)) {
      incidents.put(new Key(alert.key(), alert.status()), incident);
    }
  }

  /**
   * Knows nothing of an incident from now on, because a decision may close it: a repeat that comes
   * between the commit of that decision and {@link #decided} must reach the ledger.
   */
  synchronized void deciding(long incident) {
    deciding.add(incident);
  }

  /**
   * The decision about an incident was made.
   *
   * @param remembered whether its repeats may be remembered again
   */
  synchronized void decided(long incident, boolean remembered) {
    if (!remembered) {
      generation.incrementAndGet();
      incidents.asMap().values().removeIf(id -> id == incident);
    }
    deciding.remove(incident);
  }

  /** Forgets everything, since alerts may belong elsewhere from now on. */
  public synchronized void clear() {
    generation.incrementAndGet();
    incidents.invalidateAll();
  }
}
