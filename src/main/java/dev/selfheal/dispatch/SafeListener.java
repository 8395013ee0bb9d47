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
  private final Runnable decided;
  private volatile String told = "";

  /**
   * @param decided is run after each new decision, and does not throw
   */
  SafeListener(DispatchListener listener, Runnable decided) {
    this.listener = listener;
    this.decided = decided;
  }

  @Override
  public void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition) {
    tell(() -> listener.heard(alertname, statusOrNull, disposition));
  }

  @Override
  public void decided(String target, Decision decision) {
    tell(() -> listener.decided(target, decision));
    decided.run();
  }

  @Override
  public void started(String target, Duration sinceOpened) {
    tell(() -> listener.started(target, sinceOpened));
  }

  @Override
  public void ended(String target, Result result, Optional<Duration> sinceFiring) {
    tell(() -> listener.ended(target, result, sinceFiring));
  }

  @Override
  public void escalationPosted(boolean taken) {
    tell(() -> listener.escalationPosted(taken));
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
