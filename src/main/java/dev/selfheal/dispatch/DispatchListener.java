package dev.selfheal.dispatch;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is told what the dispatch does, so that it can be measured. Must neither block nor throw. */
public interface DispatchListener {

  /**
   * An alert was taken in, or ignored.
   *
   * @param alertname one of the configured names, or {@code other}
   * @param statusOrNull null if it had none that could be read
   * @param disposition a short lower-case word from a closed list
   */
  void heard(String alertname, @Nullable AlertStatus statusOrNull, String disposition);

  /** Something was decided about a target that differs from what was decided before. */
  void decided(String target, Decision decision);

  /**
   * An attempt was started.
   *
   * @param sinceOpened since this receiver first heard of the incident
   */
  void started(String target, Duration sinceOpened);

  /**
   * An attempt has ended.
   *
   * @param sinceFiring from the alert's startsAt to the proven recovery, if there is such a time
   */
  void ended(String target, Result result, Optional<Duration> sinceFiring);

  /**
   * An alert that a human is needed, or that none is needed any more, was posted to Alertmanager.
   *
   * @param taken whether Alertmanager has taken it
   */
  void escalationPosted(boolean taken);
}
