package dev.selfheal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.dispatch.Operator;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Target;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stops and resumes automatic action, on one target or on all. */
final class PauseRoutes {

  private final Operator operator;
  private final Supplier<Managed> managed;
  private final Orders orders;
  private final Clock clock;

  PauseRoutes(Operator operator, Supplier<Managed> managed, Orders orders, Clock clock) {
    this.operator = operator;
    this.managed = managed;
    this.orders = orders;
    this.clock = clock;
  }

  private record State(boolean paused, @Nullable Instant until) {}

  void pause(Context request) throws IOException {
    pause(request, target(request));
  }

  void pauseAll(Context request) throws IOException {
    pause(request, null);
  }

  void resume(Context request) throws IOException {
    resume(request, target(request));
  }

  void resumeAll(Context request) throws IOException {
    resume(request, null);
  }

  private void pause(Context request, @Nullable Target target) throws IOException {
    JsonNode order = orders.read(request, List.of("for", "reason"));
    Duration time = Orders.duration(order, "for").orElse(null);
    operator.pause(target, time, Orders.text(order, "reason"));
    request.json(new State(true, time == null ? null : clock.instant().plus(time)));
  }

  private void resume(Context request, @Nullable Target target) throws IOException {
    orders.read(request, List.of("for", "reason"));
    Optional<Pause> left = operator.resume(target);
    request.json(
        new State(left.isPresent(), left.map(pause -> Views.bounded(pause.until())).orElse(null)));
  }

  private Target target(Context request) {
    return managed.get().named(request.pathParam("name")).orElseThrow(PauseRoutes::unknown);
  }

  static HttpError unknown() {
    return new HttpError(404, "no target has this name: see GET /api/v1/targets");
  }
}
