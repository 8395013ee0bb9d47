package dev.selfheal.dispatch;

import dev.selfheal.ledger.Entry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of attempts that ended because nobody approved them. */
record Expiries(DispatchListener listener) {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  void tell(List<Entry.OfAttempt> expired) {
    expired.forEach(this::tell);
  }

  void tell(Entry.OfAttempt expired) {
    String target = expired.place().target();
    expired
        .attempt()
        .result()
        .ifPresent(
            result -> {
              LOG.warn(
                  "target={} outcome={} reason={} incident={} attempt={}: {}",
                  target,
                  result.outcome().label(),
                  result.reason().label(),
                  expired.attempt().incident(),
                  expired.attempt().id(),
                  result.reason().sentence());
              listener.ended(target, result, Optional.empty());
            });
  }
}
