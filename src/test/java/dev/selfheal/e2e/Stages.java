package dev.selfheal.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.selfheal.testkit.ReceiverClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** How long each step took on the way from a freeze to its proven recovery, in seconds. */
final class Stages {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern LOOK = Pattern.compile("looked again for ([0-9.]+) s");
  private static final Pattern ACT = Pattern.compile("ended with status 0 after ([0-9.]+) s");

  private final Instant began = Clock.systemUTC().instant();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private Instant last = began;

  /** Waits for the end of a step. */
  void await(String step, Callable<Boolean> ended) {
    Awaitility.await(step).atMost(LIMIT).pollInterval(POLL).until(ended);
    ends(step, Clock.systemUTC().instant());
  }

  /** Waits until the receiver has opened so many incidents in all; its own word counts. */
  void awaitIncident(String step, ReceiverClient receiver, int count) throws IOException {
    Awaitility.await(step)
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(() -> receiver.incidents().size() == count);
    ends(step, Instant.parse(receiver.incidents().get(0).path("opened_at").asText()));
  }

  /** Waits until the newest attempt is settled, and takes its four steps from its record. */
  void awaitRecovery(ReceiverClient receiver) throws IOException {
    Awaitility.await("settled")
        .atMost(LIMIT)
        .pollInterval(POLL)
        .until(
            () ->
                receiver.incidents().get(0).path("id").equals(newest(receiver).path("incident"))
                    && newest(receiver).path("state").asText().equals("settled"));
    JsonNode attempt = newest(receiver);
    if (!attempt.path("outcome").asText().equals("recovered")) {
      throw new AssertionError("not recovered: " + attempt);
    }
    ends("decide", Instant.parse(attempt.path("started_at").asText()));
    String report = attempt.path("report").asText();
    ends("look again", last.plusMillis(millis(LOOK.matcher(report))));
    ends("restart", last.plusMillis(millis(ACT.matcher(report))));
    ends("prove", Instant.parse(attempt.path("settled_at").asText()));
  }

  private static long millis(Matcher seconds) {
    return seconds.find() ? Math.round(Double.parseDouble(seconds.group(1)) * 1000) : 0;
  }

  /** Takes a part of a step out, as a step of its own after it. */
  void split(String whole, String part, double took) {
    seconds.put(whole, seconds.getOrDefault(whole, 0.0) - took);
    seconds.put(part, took);
  }

  private void ends(String step, Instant at) {
    seconds.put(step, Duration.between(last, at).toMillis() / 1000.0);
    last = at;
  }

  private static JsonNode newest(ReceiverClient receiver) throws IOException {
    return receiver.attempts().isEmpty() ? MissingNode.getInstance() : receiver.attempts().get(0);
  }

  @Override
  public String toString() {
    String steps =
        seconds.entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    double sum = Duration.between(began, last).toMillis() / 1000.0;
    return String.format(Locale.ROOT, "%.2f s: %s", sum, steps);
  }
}
