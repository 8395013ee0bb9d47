package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The ledger as rows of a database. Each method is one transaction, or several in hearing. */
final class JdbcLedger implements Ledger {

  private final Store store;
  private final Clock clock;
  private final Runnable afterClose;
  private final HearingQueue hearings = new HearingQueue(this::write);

  JdbcLedger(Store store, Clock clock, Runnable afterClose) {
    this.store = store;
    this.clock = clock;
    this.afterClose = afterClose;
  }

  /** Read after the store's lock is held, so that rows and times have the same order. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public List<Heard> hear(List<News> news) {
    return news.isEmpty() ? List.of() : hearings.hear(news);
  }

  private List<Heard> write(List<News> news) {
    return store.write(
        h -> {
          Hearing hearing = new Hearing(h, now());
          return news.stream().map(hearing::hear).toList();
        });
  }

  @Override
  public Claim claim(ClaimRequest request, RemediationPolicy policy) {
    return store.write(h -> new Claiming(h, request, now()).claim(policy));
  }

  @Override
  public Situation situation(ClaimRequest request, RemediationPolicy policy) {
    return store.read(h -> Situations.load(h, request, policy, now()));
  }

  @Override
  public boolean settle(long attempt, Settlement settlement) {
    return store.write(h -> Settling.settle(h, attempt, settlement, now()));
  }

  @Override
  public void sighted(String actuator, String text) {
    store.write(
        h -> {
          Instant now = now();
          Unsighted.end(h, actuator)
              .ifPresent(attempt -> AttemptRows.remark(h, attempt, text, now));
          return actuator;
        });
  }

  @Override
  public String evidence(long attempt) {
    return store.read(h -> AttemptRows.evidence(h, attempt));
  }

  @Override
  public void remark(long attempt, String text) {
    store.write(
        h -> {
          AttemptRows.remark(h, attempt, text, now());
          return attempt;
        });
  }

  @Override
  public List<Entry.OfAttempt> settleOverdue() {
    boolean none = store.read(h -> AttemptRows.unsettled(h, now()).isEmpty());
    return none ? List.of() : store.write(h -> Settling.endDue(h, now()));
  }

  @Override
  public List<Entry.OfAttempt> settleOrphans() {
    return store.write(h -> Settling.endRunning(h, now()));
  }

  @Override
  public void pause(String scope, Pause pause) {
    store.write(
        h -> {
          PauseRows.set(h, scope, pause, now());
          return scope;
        });
  }

  @Override
  public int resume(String scope) {
    return store.write(
        h -> {
          Instant now = now();
          PauseRows.clear(h, scope);
          int ahead = FutureTimes.mend(h, now);
          IncidentRows.resume(h, scope, now);
          return ahead;
        });
  }

  @Override
  public void externalRestart(String actuator, Instant at) {
    store.write(
        h -> {
          PauseRows.seeExternalRestart(h, actuator, at);
          return actuator;
        });
  }

  @Override
  public List<Entry.OfIncident> openIncidents() {
    return store.read(IncidentRows::allOpen);
  }

  @Override
  public List<Entry.OfIncident> incidents(Query query) {
    return store.read(h -> IncidentRows.newestFirst(h, query));
  }

  @Override
  public List<Entry.OfAttempt> attempts(Query query) {
    return store.read(h -> AttemptRows.newestFirst(h, query));
  }

  @Override
  public OptionalLong beginDrill(Place place, Duration limit, boolean force) {
    return store.write(
        h -> {
          Instant now = now();
          if (force) {
            DrillRows.supersede(h, place.actuator(), now);
          }
          return DrillRows.begin(h, place, limit, now);
        });
  }

  @Override
  public boolean endDrill(long drill, Drill.Verdict verdict) {
    return store.write(h -> DrillRows.end(h, drill, verdict, now()));
  }

  @Override
  public List<Entry.OfDrill> drills(Query query) {
    return store.read(h -> DrillRows.newestFirst(h, query, now()));
  }

  @Override
  public List<Entry.OfDrill> lastDrills() {
    return store.read(h -> DrillRows.last(h, now()));
  }

  @Override
  public Optional<Entry.OfAttempt> attempt(long id) {
    return store.read(h -> AttemptRows.find(h, id));
  }

  @Override
  public Optional<Pause> paused(String scope) {
    return store.read(h -> PauseRows.of(h, List.of(scope), now()));
  }

  @Override
  public void hearProbe(String nonce) {
    store.write(
        h ->
            h.execute(
                "insert into probe (nonce, heard_at) values (?, ?) on conflict (nonce) do nothing",
                nonce,
                now().toEpochMilli()));
  }

  @Override
  public Optional<Instant> probe(String nonce) {
    return store.read(
        h ->
            h.createQuery("select heard_at from probe where nonce = :nonce")
                .bind("nonce", nonce)
                .map((row, context) -> Times.at(row, "heard_at"))
                .findOne());
  }

  @Override
  public int pruneEvidence(Duration age) {
    return store.write(h -> AttemptRows.forgetEvidence(h, now().minus(age)));
  }

  @Override
  public int prune(Duration age) {
    return store.write(h -> Pruning.prune(h, now().minus(age)));
  }

  @Override
  public void check() {
    store.write(h -> h.execute("update heartbeat set at = ?", now().toEpochMilli()));
  }

  @Override
  public void close() {
    try {
      store.close();
    } finally {
      afterClose.run();
    }
  }
}
