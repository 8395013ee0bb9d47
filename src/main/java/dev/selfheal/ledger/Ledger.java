package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The receiver's memory. Whatever a method has returned from is durable; a method that throws
 * {@link LedgerException} has changed nothing. Safe for use by several threads.
 */
public interface Ledger extends AutoCloseable {

  /**
   * Writes down what was heard, and opens incidents where there are none. Very many news take
   * several transactions: if this throws, those before the failure stay, and to hear them again
   * changes nothing but the time.
   *
   * <p>An incident keeps a bounded number of alerts: while one of them fires, further ones join it
   * without being written down.
   *
   * @return what became of each piece of news, in the same order
   */
  List<Heard> hear(List<News> news);

  /**
   * Decides about one target and writes the decision down, in one transaction under the lock of its
   * actuator: a restart as a started attempt, an escalation, the end of an incident.
   */
  Claim claim(ClaimRequest request, RemediationPolicy policy);

  /** What a claim with this request would decide on, without any change. */
  Situation situation(ClaimRequest request, RemediationPolicy policy);

  /**
   * Settles a running attempt, once. One that ended ABANDONED holds its actuator until {@link
   * #sighted}; one that found that somebody else has restarted it writes that down.
   *
   * @return false if it does not run, or not any more; nothing is changed then
   */
  boolean settle(long attempt, Settlement settlement);

  /** The same without evidence. */
  default boolean settle(long attempt, Result result, String report) {
    return settle(attempt, new Settlement(result, report));
  }

  /**
   * Writes down that the host of an actuator has been looked at, so that it is known how the
   * attempt left it that nobody saw the end of. Nothing is changed if there is none.
   *
   * @param text what was seen, for the record of that attempt
   */
  void sighted(String actuator, String text);

  /** What the host of an attempt showed before it was touched; empty if it is not kept any more. */
  String evidence(long attempt);

  /** Adds to the record of an attempt, settled or not; it never replaces how the attempt ended. */
  void remark(long attempt, String text);

  /**
   * Settles what is past its deadline: running attempts as abandoned, waiting ones as expired.
   *
   * @return those it settled, as they are now
   */
  List<Entry.OfAttempt> settleOverdue();

  /**
   * Settles every running attempt as abandoned; for a receiver that starts and is the only one.
   *
   * @return those it settled, as they are now
   */
  List<Entry.OfAttempt> settleOrphans();

  /**
   * Stops automatic action.
   *
   * @param scope an actuator's key, or {@link #EVERYTHING}
   */
  void pause(String scope, Pause pause);

  /**
   * Ends a pause and any escalation. Times of any target that lie ahead of the clock, and would
   * hold the fleet until they have come, become the present one; the news they belong to need
   * confirmation, and no budget gets anything back.
   *
   * @param scope an actuator's key, or {@link #EVERYTHING}, which ends those of single targets, too
   * @return how many times lay ahead of the clock
   */
  int resume(String scope);

  /** Writes down that somebody else has restarted an actuator. */
  void externalRestart(String actuator, Instant at);

  /** The open incidents, oldest first, each with a part of its alerts. */
  List<Entry.OfIncident> openIncidents();

  /** Incidents, newest first, each with a part of its alerts. */
  List<Entry.OfIncident> incidents(Query query);

  /** Attempts, newest first. */
  List<Entry.OfAttempt> attempts(Query query);

  /**
   * Writes down that a target will be frozen on purpose.
   *
   * @param limit how long the drill may take
   * @param force whether one that is under way on the same actuator is ended as failed
   * @return its number; empty if another one is under way
   */
  OptionalLong beginDrill(Place place, Duration limit, boolean force);

  /**
   * Writes down how a drill ended, once.
   *
   * @return false if it is not under way; nothing is changed then
   */
  boolean endDrill(long drill, Drill.Verdict verdict);

  /** Drills, newest first; also those that are under way. */
  List<Entry.OfDrill> drills(Query query);

  /** The newest drill of each actuator that is not under way any more. */
  List<Entry.OfDrill> lastDrills();

  /** The attempt with this number. */
  Optional<Entry.OfAttempt> attempt(long id);

  /**
   * The order to stop automatic action that holds now.
   *
   * @param scope an actuator's key, without an order for all; or {@link #EVERYTHING}
   */
  Optional<Pause> paused(String scope);

  /** Writes down that a synthetic alert has arrived. */
  void hearProbe(String nonce);

  /** When a synthetic alert arrived. */
  Optional<Instant> probe(String nonce);

  /** Forgets the evidence of attempts that ended so long ago; returns of how many. */
  int pruneEvidence(Duration age);

  /**
   * Forgets what ended so long ago. What an open incident needs stays.
   *
   * @param age no less than the time back that the policy looks, or budgets would be refilled
   * @return how many rows went
   */
  int prune(Duration age);

  /** Writes something, to see whether it can. */
  void check();

  @Override
  void close();

  /** The scope of a pause that concerns all targets. */
  String EVERYTHING = "*";
}
