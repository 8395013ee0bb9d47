package dev.selfheal.webhook;

import dev.selfheal.dispatch.Announcer;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.dispatch.Overview;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Target;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists targets, incidents and attempts. */
final class ListingRoutes {

  private static final int USUAL_LIMIT = 50;
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?!\\p{XDigit}{2})");

  private final Overview overview;
  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Announcer announcer;
  private final Clock clock;

  ListingRoutes(
      Overview overview,
      Ledger ledger,
      Supplier<Managed> managed,
      Announcer announcer,
      Clock clock) {
    this.overview = overview;
    this.ledger = ledger;
    this.managed = managed;
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * @param paused the order to leave all targets alone
   */
  private record Targets(List<TargetView> targets, TargetView.@Nullable Paused paused) {}

  void targets(Context request) {
    Query query = query(request);
    String wanted = query.actuatorOrNull();
    List<TargetView> targets =
        overview.standings().stream()
            .filter(s -> wanted == null || s.target().actuator().key().equals(wanted))
            .filter(s -> !query.openOnly() || s.incidentOrNull() != null)
            .limit(query.limit())
            .map(TargetView::of)
            .toList();
    request.json(new Targets(targets, TargetView.Paused.of(overview.pauseOfAll().orElse(null))));
  }

  void incidents(Context request) {
    List<IncidentView> incidents =
        ledger.incidents(query(request)).stream()
            .map(entry -> IncidentView.of(entry, announcer.held(entry.place().target())))
            .toList();
    request.json(Map.of("incidents", incidents));
  }

  void attempts(Context request) {
    request.json(
        Map.of("attempts", ledger.attempts(query(request)).stream().map(AttemptView::of).toList()));
  }

  void drills(Context request) {
    Instant now = clock.instant();
    List<DrillRoutes.View> drills =
        ledger.drills(query(request)).stream()
            .map(entry -> DrillRoutes.View.of(entry, now))
            .toList();
    request.json(Map.of("drills", drills));
  }

  void evidence(Context request) {
    String id = request.pathParam("id");
    String evidence = id.matches("\\d{1,18}") ? ledger.evidence(Long.parseLong(id)) : "";
    if (evidence.isEmpty()) {
      throw new HttpError(404, "no evidence is kept of an attempt with this number");
    }
    request.json(Map.of("attempt", Long.parseLong(id), "evidence", evidence));
  }

  void probe(Context request) {
    String nonce = request.pathParam("nonce");
    ledger
        .probe(nonce)
        .ifPresentOrElse(
            at -> request.json(Map.of("nonce", nonce, "heard_at", at)),
            () -> {
              throw new HttpError(404, "no probe with this nonce has arrived");
            });
  }

  private Query query(Context request) {
    String text = Optional.ofNullable(request.queryString()).orElse("");
    if (BROKEN_ESCAPE.matcher(text).find()) {
      throw new HttpError(400, "the address holds a % that begins no escape such as %20");
    }
    return new Query(actuator(request.queryParam("target")), openOnly(request), limit(request));
  }

  private @Nullable String actuator(@Nullable String target) {
    return target == null
        ? null
        : managed.get().named(target).map(Target::actuator).orElseThrow(PauseRoutes::unknown).key();
  }

  private static boolean openOnly(Context request) {
    String state = Optional.ofNullable(request.queryParam("state")).orElse("all");
    if (!state.equals("open") && !state.equals("all")) {
      throw new HttpError(400, "state must be open or all");
    }
    return state.equals("open");
  }

  private static int limit(Context request) {
    String limit =
        Optional.ofNullable(request.queryParam("limit")).orElse(String.valueOf(USUAL_LIMIT));
    int number = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
    if (number < 1 || number > Query.MOST) {
      throw new HttpError(400, "limit must be 1 to " + Query.MOST);
    }
    return number;
  }
}
