package dev.selfheal.app;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.dispatch.DispatchListener;
import dev.selfheal.metrics.ReceiverMetrics;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what the dispatch does. */
record Measured(ReceiverMetrics metrics) implements DispatchListener {

  @Override
  public void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition) {
    String status = statusOrNull == null ? "unknown" : statusOrNull.name().toLowerCase(Locale.ROOT);
    metrics.alert(alertname, status, disposition);
  }

  @Override
  public void decided(String target, Decision decision) {
    metrics.decided(target, decision);
  }

  @Override
  public void started(String target, Duration sinceOpened) {
    metrics.started(sinceOpened);
  }

  @Override
  public void ended(String target, Result result, Optional<Duration> sinceFiring) {
    metrics.ended(target, result);
    sinceFiring.ifPresent(metrics::recovered);
  }

  @Override
  public void escalationPosted(boolean taken) {
    metrics.escalationPosted(taken);
  }
}
