package dev.selfheal.dispatch;

import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How each target stands at present, for people and for metrics. */
public final class Overview {

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Announcer announcer;
  private final Clock clock;

  public Overview(Ledger ledger, Supplier<Managed> managed, Announcer announcer, Clock clock) {
    this.ledger = ledger;
    this.managed = managed;
    this.announcer = announcer;
    this.clock = clock;
  }

  /**
   * How one target stands.
   *
   * @param budgetLeft restarts that its tightest budget has left
   * @param leave what keeps automatic action off it now
   * @param heldOrNull why its open incident is not acted on now
   * @param incidentOrNull its open incident
   * @param lastOrNull the newest attempt that any rule still looks at
   */
  public record Standing(
      Target target,
      int budgetLeft,
      Leave leave,
      Decision.@Nullable Hold heldOrNull,
      @Nullable Incident incidentOrNull,
      @Nullable Attempt lastOrNull) {

    /** The attempt that waits for an operator's approval now. */
    public Optional<Attempt> waiting() {
      return Optional.ofNullable(lastOrNull)
          .filter(last -> last.state() instanceof Attempt.State.AwaitingApproval);
    }
  }

  /**
   * What keeps automatic action off a target, or from having an effect.
   *
   * @param pauseOrNull the order under which it is left alone now
   * @param quietUntilOrNull when the quiet hours of now end
   */
  public record Leave(Mode mode, @Nullable Pause pauseOrNull, @Nullable Instant quietUntilOrNull) {}

  /**
   * The order to leave all targets alone: the kill switch.
   *
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be read
   */
  public Optional<Pause> pauseOfAll() {
    return ledger.paused(Ledger.EVERYTHING);
  }

  /**
   * How the targets stand, in the order of the configuration.
   *
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be read
   */
  public List<Standing> standings() {
    Managed now = managed.get();
    return now.targets().stream().map(target -> standing(now, target)).toList();
  }

  private Standing standing(Managed now, Target target) {
    ClaimRequest request = new Requests("", clock).manual(now, target, "");
    Situation situation = ledger.situation(request, now.policy());
    Instant time = clock.instant();
    Optional<Incident> incident = situation.incident();
    return new Standing(
        target,
        now.policy().budgetLeft(situation, time),
        leave(situation.standing(), time),
        incident.flatMap(open -> announcer.held(target.name())).orElse(null),
        incident.orElse(null),
        situation.history().stream().findFirst().orElse(null));
  }

  private static Leave leave(Situation.Standing standing, Instant time) {
    return new Leave(
        standing.mode(),
        Optional.ofNullable(standing.pauseOrNull())
            .filter(pause -> pause.holdsAt(time))
            .orElse(null),
        standing.quietUntilOrNull());
  }
}
