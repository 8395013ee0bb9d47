package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** An Alertmanager that writes down what is posted to it, and answers what a test wants. */
final class FakeAlertmanager implements Alertmanager {
  static final Posted TAKEN = new Posted.Taken();
  static final Posted AWAY = new Posted.Unreachable("away in this test");

  /** All that was posted, also in vain, oldest first. */
  final List<PostableAlert> posts = new ArrayList<>();

  boolean configured;
  Function<PostableAlert, Posted> answer = alert -> TAKEN;
  Supplier<FiringAlerts> firing = () -> new FiringAlerts.Unreachable("away in this test");
  int fetched;
  private final Supplier<ActiveAlerts> active;

  FakeAlertmanager(Supplier<ActiveAlerts> active) {
    this.active = active;
  }

  @Override
  public boolean configured() {
    return configured;
  }

  @Override
  public ActiveAlerts active() {
    return active.get();
  }

  @Override
  public FiringAlerts firing() {
    fetched++;
    return firing.get();
  }

  @Override
  public Posted post(PostableAlert alert) {
    posts.add(alert);
    return answer.apply(alert);
  }

  @Override
  public URI incidentsOf(String target) {
    return URI.create("http://receiver.test/api/v1/incidents?target=" + target);
  }
}
