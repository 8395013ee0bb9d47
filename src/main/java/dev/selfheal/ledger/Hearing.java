package dev.selfheal.ledger;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.remedy.Pair;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes down news, within one transaction. */
final class Hearing {

  private final Handle handle;
  private final Instant now;
  private final Crowd crowd;
  private final Map<String, Long> openIncidents = new HashMap<>();

  Hearing(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
    this.crowd = new Crowd(handle);
  }

  Heard hear(News news) {
    Optional<PairRows.Row> known = PairRows.find(handle, news.key());
    return news.status() == AlertStatus.RESOLVED
        ? hearResolved(news, known)
        : known.map(row -> hearAgain(news, row)).orElseGet(() -> hearFirst(news));
  }

  private Heard hearResolved(News news, Optional<PairRows.Row> known) {
    if (known.isEmpty()) {
      PairRows.insert(handle, news, null, now);
    } else if (known.get().pair().status() == Pair.Status.FIRING) {
      PairRows.resolve(handle, news.key());
      crowd.resolved(known.get().incident());
    }
    return new Heard(known.map(PairRows.Row::incident).orElse(0L), Disposition.RESOLVED);
  }

  private Heard hearFirst(News news) {
    Heard heard = openOrJoin(news, false);
    if (crowd.takes(heard.incident())) {
      PairRows.insert(handle, news, heard.incident(), now);
    }
    return heard;
  }

  private Heard hearAgain(News news, PairRows.Row row) {
    if (row.pair().status() == Pair.Status.RESOLVED) {
      return new Heard(0, Disposition.LATE);
    }
    boolean stillOpen = openIncident(news).filter(id -> id == row.incident()).isPresent();
    Heard heard =
        stillOpen
            ? new Heard(row.incident(), Disposition.REPEATED)
            : openOrJoin(news, suspect(row.incident()));
    if (stillOpen || crowd.takes(heard.incident())) {
      PairRows.hearAgain(handle, news, heard.incident(), now);
    }
    return heard;
  }

  /** An alert that outlived a proven recovery is suspect: it may only be slow to resolve. */
  private boolean suspect(long incident) {
    return IncidentRows.suspect(handle, incident);
  }

  private Heard openOrJoin(News news, boolean confirmAlways) {
    Optional<Long> open = openIncident(news);
    if (open.isPresent()) {
      if (confirmAlways) {
        IncidentRows.confirmAlways(handle, open.get());
      }
      return new Heard(open.get(), Disposition.JOINED);
    }
    long fresh = IncidentRows.insert(handle, news.place(), confirmAlways, now);
    openIncidents.put(news.place().actuator(), fresh);
    return new Heard(fresh, Disposition.OPENED);
  }

  private Optional<Long> openIncident(News news) {
    String actuator = news.place().actuator();
    if (!openIncidents.containsKey(actuator)) {
      IncidentRows.openId(handle, actuator).ifPresent(id -> openIncidents.put(actuator, id));
    }
    return Optional.ofNullable(openIncidents.get(actuator));
  }
}
