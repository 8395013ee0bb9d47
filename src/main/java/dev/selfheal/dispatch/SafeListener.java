package dev.selfheal.dispatch;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose faults cost a count, and never a restart or its settlement. */
final class SafeListener implements DispatchListener {

  private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

  private final DispatchListener listener;
  private volatile String told = "";

  SafeListener(DispatchListener listener) {
    this.listener = listener;
  }

  @Override
  public void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition) {
    tell(() -> listener.heard(alertname, statusOrNull, disposition));
  }

  @Override
  public void decided(String target, Decision decision) {
    tell(() -> listener.decided(target, decision));
  }

  @Override
  public void started(String target, Duration sinceOpened) {
    tell(() -> listener.started(target, sinceOpened));
  }

  @Override
  public void ended(String target, Result result, Optional<Duration> sinceFiring) {
    tell(() -> listener.ended(target, result, sinceFiring));
  }

  private void tell(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      if (!told.equals(e.toString())) {
        told = e.toString();
        LOG.error("something that happened was not counted", e);
      }
    }
  }
}
