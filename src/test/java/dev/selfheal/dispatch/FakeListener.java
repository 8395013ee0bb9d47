package dev.selfheal.dispatch;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A listener that writes down what it is told, one line each. */
final class FakeListener implements DispatchListener {
  final List<String> alerts = new CopyOnWriteArrayList<>();
  final List<String> decisions = new CopyOnWriteArrayList<>();
  final List<Duration> started = new CopyOnWriteArrayList<>();
  final List<String> ended = new CopyOnWriteArrayList<>();
  final List<Boolean> posted = new CopyOnWriteArrayList<>();
  boolean throwing;

  @Override
  public void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition) {
    fail();
    alerts.add(alertname + " " + statusOrNull + " " + disposition);
  }

  @Override
  public void decided(String target, Decision decision) {
    fail();
    decisions.add(target + " " + decision.label() + " " + decision.reason().label());
  }

  @Override
  public void started(String target, Duration sinceOpened) {
    fail();
    started.add(sinceOpened);
  }

  @Override
  public void ended(String target, Result result, Optional<Duration> sinceFiring) {
    fail();
    String took = sinceFiring.map(Duration::toString).orElse("-");
    ended.add(target + " " + result.outcome().label() + " " + took);
  }

  @Override
  public void escalationPosted(boolean taken) {
    fail();
    posted.add(taken);
  }

  private void fail() {
    if (throwing) {
      throw new IllegalStateException("a listener that should not throw");
    }
  }
}
