package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

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
  private final Map<Long, Integer> deciding = new ConcurrentHashMap<>();

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
        .filter(incident -> !deciding.containsKey(incident));
  }

  /** Remembers, unless something was forgotten since then: it might have been this very thing. */
  synchronized void remember(Alert alert, long incident, long sinceGeneration) {
    if (generation.get() == sinceGeneration && !deciding.containsKey(incident)) {
      incidents.put(new Key(alert.key(), alert.status()), incident);
    }
  }

  /**
   * Has it decided about an incident, and knows nothing of that incident meanwhile, because the
   * decision may close it: a repeat that comes right after the commit must reach the ledger.
   */
  Claim whileDeciding(long incident, Supplier<Claim> decision) {
    boolean remembered = false;
    deciding(incident);
    try {
      Claim claim = decision.get();
      // What is heard while nobody can say is an answer, so it must reach the ledger, too.
      remembered =
          !(claim.decision() instanceof Decision.Nothing)
              && claim.decision().reason() != Reason.UNCONFIRMED;
      return claim;
    } finally {
      decided(incident, remembered);
    }
  }

  /** A look and an operator's consent may decide about the same incident at once. */
  private synchronized void deciding(long incident) {
    deciding.merge(incident, 1, Integer::sum);
  }

  private synchronized void decided(long incident, boolean remembered) {
    if (!remembered) {
      generation.incrementAndGet();
      incidents.asMap().values().removeIf(id -> id == incident);
    }
    deciding.computeIfPresent(incident, (id, times) -> times == 1 ? null : times - 1);
  }

  /** Forgets everything, since alerts may belong elsewhere from now on. */
  public synchronized void clear() {
    generation.incrementAndGet();
    incidents.invalidateAll();
  }
}
