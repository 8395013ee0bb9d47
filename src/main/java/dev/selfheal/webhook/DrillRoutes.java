package dev.selfheal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.dispatch.Drills;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.ledger.Entry;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Target;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Marks what is done to a target as a drill, and takes how that ended. */
final class DrillRoutes {
  private static final Duration USUAL = Duration.ofMinutes(5);

  private final Drills drills;
  private final Supplier<Managed> managed;
  private final Orders orders;
  private final Clock clock;

  DrillRoutes(Drills drills, Supplier<Managed> managed, Orders orders, Clock clock) {
    this.drills = drills;
    this.managed = managed;
    this.orders = orders;
    this.clock = clock;
  }

  private record Begun(long drill, String target, Instant until) {}

  /** A drill in a JSON answer. */
  record View(
      long id,
      String target,
      Instant beganAt,
      Instant dueAt,
      @Nullable Instant endedAt,
      @Nullable Boolean passed,
      @Nullable Double seconds,
      @Nullable String verdict) {

    static View of(Entry.OfDrill entry, Instant now) {
      Drill drill = entry.drill();
      Optional<Drill.Ended> end = drill.ended(now);
      Optional<Drill.Verdict> verdict = end.map(Drill.Ended::verdict);
      return new View(
          drill.id(),
          entry.place().target(),
          drill.beganAt(),
          drill.due(),
          end.map(Drill.Ended::at).orElse(null),
          verdict.map(Drill.Verdict::passed).orElse(null),
          verdict.map(ended -> ended.took().toMillis() / 1000.0).orElse(null),
          verdict.map(Drill.Verdict::words).orElse(null));
    }
  }

  void begin(Context request) throws IOException {
    Target target =
        managed.get().named(request.pathParam("name")).orElseThrow(PauseRoutes::unknown);
    JsonNode order = orders.read(request, List.of("for", "force"));
    Duration limit = Orders.duration(order, "for").orElse(USUAL);
    if (limit.compareTo(Drill.LONGEST) > 0) {
      throw new HttpError(400, "for must be at most 1h: a drill is no state to leave a target in");
    }
    OptionalLong drill = drills.begin(target, limit, Orders.flag(order, "force"));
    if (drill.isEmpty()) {
      throw new HttpError(
          409,
          "another drill of this target is under way, or has not told how it ended: see"
              + " GET /api/v1/drills");
    }
    request
        .status(202)
        .json(new Begun(drill.getAsLong(), target.name(), clock.instant().plus(limit)));
  }

  void end(Context request) throws IOException {
    JsonNode order = orders.read(request, List.of("passed", "seconds", "verdict"));
    String id = request.pathParam("id");
    if (!order.has("passed") || !order.path("seconds").isNumber()) {
      throw new HttpError(400, "passed must be true or false, and seconds a number");
    }
    Drill.Verdict verdict =
        new Drill.Verdict(
            Orders.flag(order, "passed"),
            took(order.path("seconds").asDouble()),
            Orders.text(order, "verdict"));
    if (!id.matches("\\d{1,18}") || !drills.end(Long.parseLong(id), verdict)) {
      throw new HttpError(404, "no drill with this number is under way");
    }
    request.json(Map.of("drill", Long.parseLong(id)));
  }

  private static Duration took(double seconds) {
    if (!(seconds >= 0 && seconds <= Drill.LONGEST.toSeconds())) {
      throw new HttpError(400, "seconds must be 0 to " + Drill.LONGEST.toSeconds());
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
