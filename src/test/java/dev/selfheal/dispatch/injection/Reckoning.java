package dev.selfheal.dispatch.injection;

import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What must hold at the end, when all has been calm for long. */
final class Reckoning {
  private final Scene scene;
  private final World world;

  Reckoning(Scene scene) {
    this.scene = scene;
    this.world = scene.world;
  }

  void check() {
    unsettled().forEach(world::wrong);
    List<Entry.OfAttempt> attempts =
        scene.node.shelf().ledger().attempts(new Query(null, false, Query.MOST));
    attempts.forEach(entry -> settled(entry.attempt()));
    for (Start start : scene.chronicle.starts) {
      if (attempts.stream().noneMatch(entry -> entry.attempt().id() == start.attempt)) {
        world.wrong("attempt " + start.attempt + " is gone from the ledger");
      }
    }
    scene.node.shelf().ledger().incidents(new Query(null, false, Query.MOST)).forEach(this::count);
  }

  private void settled(Attempt attempt) {
    // Others are counted when they happen; of these only the ledger tells.
    attempt
        .result()
        .filter(result -> result.outcome() == Outcome.EXPIRED)
        .ifPresent(scene.coverage::count);
    boolean waits = attempt.state() instanceof Attempt.State.AwaitingApproval;
    if (attempt.result().isEmpty() && !waits) {
      world.wrong("attempt " + attempt.id() + " has not ended");
    }
    boolean same =
        attempt.mode() != Mode.ACT
            || Objects.equals(attempt.result().orElse(null), scene.chronicle.endOf(attempt.id()));
    if (!same) {
      world.wrong("attempt " + attempt.id() + " is settled otherwise now");
    }
  }

  /** Incidents that are open though nobody was told, and attempts that run. */
  List<String> unsettled() {
    if (!scene.node.listens()) {
      return List.of("the receiver has not come back");
    }
    List<String> left = new ArrayList<>();
    scene.chronicle.starts.stream()
        .filter(start -> start.ended == null)
        .forEach(start -> left.add("attempt " + start.attempt + " has not ended"));
    scene.node.shelf().ledger().openIncidents().stream()
        .filter(open -> !isSomebodys(open))
        .map(
            open ->
                "incident %d of %s is open, held %s, told %s"
                    .formatted(
                        open.incident().id(),
                        open.place().target(),
                        held(open),
                        open.incident().escalation()))
        .forEach(left::add);
    return left;
  }

  private Optional<Decision.Hold> held(Entry.OfIncident open) {
    return scene.node.dispatch().announcer().held(open.place().target());
  }

  private boolean isSomebodys(Entry.OfIncident open) {
    String target = open.place().target();
    Reason why = held(open).map(Decision.Hold::reason).orElse(Reason.NO_INCIDENT);
    return switch (why) {
      case AWAITING_APPROVAL -> true;
      case PAUSED -> scene.orders.paused(target, world.clock.instant());
      default ->
          scene.plan.mode() != Mode.ACT
              || open.incident().escalation().filter(e -> e.reason().tellsHuman()).isPresent();
    };
  }

  private void count(Entry.OfIncident entry) {
    String how = entry.closed().map(closed -> "closed " + closed.how()).orElse("open");
    Optional<Reason> why = entry.incident().escalation().map(Escalation::reason);
    scene.coverage.count(how + why.map(reason -> ", told " + reason).orElse(""));
  }
}
