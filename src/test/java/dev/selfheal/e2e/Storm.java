package dev.selfheal.e2e;

import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.Answer;
import dev.selfheal.testkit.ReceiverClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Alerts that begin, repeat and end at random, told as Alertmanager tells them: one after the
 * other, each again and again until the receiver accepts it. Now and then an operator resumes.
 */
final class Storm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int MILLIS_BETWEEN = 25;

  private final ReceiverClient receiver;
  private final List<String> targets;
  private final Random random;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, Alarm> firing = new LinkedHashMap<>();
  private final Map<Alarm, Instant> ended = new LinkedHashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> blowing;

  /** One alert from its beginning to its end. */
  record Alarm(String target, Instant startsAt) {

    String fingerprint() {
      return "%016x".formatted(Integer.toUnsignedLong(target.hashCode()));
    }
  }

  private Storm(ReceiverClient receiver, List<String> targets, long seed) {
    this.receiver = receiver;
    this.targets = targets;
    this.random = new Random(seed);
    this.blowing =
        thread.scheduleWithFixedDelay(this::blow, 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
  }

  static Storm begin(ReceiverClient receiver, List<String> targets, long seed) {
    return new Storm(receiver, targets, seed);
  }

  /** Ends the storm: nothing new begins, and every alert that fires is resolved. */
  void calm() throws InterruptedException, ExecutionException {
    if (blowing.isDone()) {
      blowing.get(); // throws what ended it
    }
    blowing.cancel(false);
    thread.submit(() -> List.copyOf(firing.values()).forEach(this::end)).get();
  }

  /** Every alert that the receiver has accepted, and when its end was told for the first time. */
  Map<Alarm, Instant> told() {
    return Map.copyOf(ended);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void blow() {
    String target = targets.get(random.nextInt(targets.size()));
    int chance = random.nextInt(100);
    Alarm alarm = firing.get(target);
    if (alarm == null) {
      begin(target);
    } else if (chance < 5) {
      end(alarm);
    } else if (chance < 8) {
      resume();
    } else {
      tell(alarm, "firing");
    }
  }

  private void begin(String target) {
    Alarm alarm = new Alarm(target, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    tell(alarm, "firing");
    firing.put(target, alarm);
  }

  private void end(Alarm alarm) {
    Instant before = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    tell(alarm, "resolved");
    firing.remove(alarm.target());
    ended.put(alarm, before);
  }

  /** Lifts escalations, so that the storm goes on; not repeated when the receiver is away. */
  private void resume() {
    try {
      receiver.post("/api/v1/resume", "{}");
    } catch (IOException e) {
      // Killed just now.
    }
  }

  private void tell(Alarm alarm, String status) {
    String payload = payload(alarm, status);
    await(status + " is accepted")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(() -> isAccepted(payload));
  }

  /** As Alertmanager judges an answer: 2xx is success, 5xx and no answer mean "try again". */
  private boolean isAccepted(String payload) {
    try {
      Answer answer = receiver.notify(payload);
      if (answer.status() / 100 == 4) {
        throw new AssertionError("a lost notification: " + answer);
      }
      return answer.status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String payload(Alarm alarm, String status) {
    String endsAt = status.equals("firing") ? "0001-01-01T00:00:00Z" : alarm.startsAt().toString();
    return """
    {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "%1$s",
     "receiver": "selfheal", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
     "externalURL": "http://127.0.0.1:9093", "alerts": [
       {"status": "%1$s", "labels": {"alertname": "OllamaFrozen", "instance": "%2$s:9100"},
        "annotations": {}, "startsAt": "%3$s", "endsAt": "%4$s",
        "generatorURL": "http://127.0.0.1:9090", "fingerprint": "%5$s"}]}
    """
        .formatted(status, alarm.target(), alarm.startsAt(), endsAt, alarm.fingerprint());
  }
}
