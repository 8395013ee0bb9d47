package dev.selfheal.webhook;

import dev.selfheal.ledger.LedgerException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the receiver itself does, in Prometheus' conventions. */
final class StateRoutes {

  /** Anybody may ask whether the receiver is ready, so the ledger is tried only this often. */
  private static final Duration TRIED = Duration.ofSeconds(1);

  private final Rooms rooms;
  private final Rooms.House house;
  private final Clock clock;
  private @Nullable Trial last;

  private record Trial(Instant at, @Nullable LedgerException failure) {}

  StateRoutes(Rooms rooms, Rooms.House house) {
    this.rooms = rooms;
    this.house = house;
    this.clock = rooms.clock();
  }

  void healthy(Context request) {
    request.result("healthy\n");
  }

  void ready(Context request) {
    LedgerException failure = tryLedger();
    if (failure != null) {
      rooms.dispatch().trouble().met(failure);
      throw new HttpError(503, sentence(failure));
    }
    request.result("ready\n");
  }

  /** What is wrong, for a reader of whom nothing is known: without paths and SQLite's own words. */
  private String sentence(LedgerException failure) {
    String whole = String.valueOf(failure.getMessage()).replace(" " + house.ledgerFile(), "");
    int details = whole.indexOf(" (");
    return details < 0 ? whole : whole.substring(0, details);
  }

  private synchronized @Nullable LedgerException tryLedger() {
    Instant now = clock.instant();
    if (last == null || Duration.between(last.at(), now).abs().compareTo(TRIED) > 0) {
      LedgerException failure = failure();
      // The time after the trial: who waited for a slow one need not wait for another.
      last = new Trial(clock.instant(), failure);
    }
    return last.failure();
  }

  private @Nullable LedgerException failure() {
    try {
      rooms.ledger().check();
      rooms.dispatch().trouble().over();
      return null;
    } catch (LedgerException e) {
      return e;
    }
  }

  void metrics(Context request) throws IOException {
    StringWriter text = new StringWriter();
    house.writeMetrics(text);
    request.contentType(house.metricsType()).result(text.toString());
  }

  void reload(Context request) {
    List<String> problems = house.reload();
    if (problems.isEmpty()) {
      request.json(Map.of("reloaded", true));
    } else {
      request
          .status(400)
          .json(
              Map.of(
                  "error",
                  "the old configuration stays: " + String.join("; ", problems),
                  "problems",
                  problems));
    }
  }
}
