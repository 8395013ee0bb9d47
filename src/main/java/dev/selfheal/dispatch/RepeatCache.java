package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.time.Duration;
import java.util.Optional;
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
    return Optional.ofNullable(incidents.getIfPresent(new Key(alert.key(), alert.status())));
  }

  /** Remembers, unless something was forgotten since then: it might have been this very thing. */
  synchronized void remember(Alert alert, long incident, long sinceGeneration) {
    if (generation.get() == sinceGeneration) {
      incidents.put(new Key(alert.key(), alert.status()), incident);
    }
  }

  /** Forgets an incident that was closed. */
  synchronized void forget(long incident) {
    generation.incrementAndGet();
    incidents.asMap().values().removeIf(id -> id == incident);
  }

  /** Forgets everything, since alerts may belong elsewhere from now on. */
  public synchronized void clear() {
    generation.incrementAndGet();
    incidents.invalidateAll();
  }
}
