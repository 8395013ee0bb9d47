package dev.selfheal.dispatch.injection;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.dispatch.DispatchListener;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listener that does nothing. */
final class Deaf implements DispatchListener {
  @Override
  public void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition) {}

  @Override
  public void decided(String target, Decision decision) {}

  @Override
  public void started(String target, Duration sinceOpened) {}

  @Override
  public void ended(String target, Result result, Optional<Duration> sinceFiring) {}

  @Override
  public void escalationPosted(boolean taken) {}
}
