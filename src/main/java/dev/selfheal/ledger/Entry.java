package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the ledger, with all that an operator may ask about it. */
public sealed interface Entry {

  /**
   * An incident, open or closed.
   *
   * @param incident with at most {@link #MOST_ALERTS} of its alerts, those that fire before others
   * @param alerts how many there are in all
   */
  record OfIncident(Place place, Incident incident, @Nullable Closed closedOrNull, Tally alerts)
      implements Entry {

    /** How and when it was closed; empty while it is open. */
    public Optional<Closed> closed() {
      return Optional.ofNullable(closedOrNull);
    }
  }

  /** So many of an incident's alerts are listed with it. */
  int MOST_ALERTS = 100;

  /**
   * How many alerts belong to an incident.
   *
   * @param firing those of them that were not heard to end
   */
  record Tally(int all, int firing) {}

  /** The end of an incident. */
  record Closed(Incident.Closing how, Instant at) {}

  /**
   * An attempt.
   *
   * @param remarks what was added to its record, oldest first
   */
  record OfAttempt(Place place, Attempt attempt, Story story, List<String> remarks)
      implements Entry {}

  /**
   * What an operator may want to read about an attempt.
   *
   * @param cause why it was started, as a {@link dev.selfheal.remedy.Reason}'s label
   * @param note the operator's own words
   * @param holder which receiver acted
   * @param report what the act and the proof came to
   * @param drill the drill that was under way when it began; 0 if none was
   */
  record Story(String cause, String note, String holder, String report, long drill) {}

  /** A drill, under way or ended. */
  record OfDrill(Place place, Drill drill) implements Entry {}
}
