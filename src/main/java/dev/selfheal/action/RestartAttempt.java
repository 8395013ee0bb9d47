package dev.selfheal.action;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt on a target: look, look again, act, prove. */
final class RestartAttempt {
  /** The time for reading a state when there is time. */
  static final Duration PATIENT = Duration.ofSeconds(10);

  private static final Duration PS_LIMIT = Duration.ofSeconds(3);

  /** A unit on its way is waited for so long: systemd restarts it, maybe, or somebody else does. */
  private static final int CHANGING_LOOKS = 5;

  private static final Duration CHANGING_PAUSE = Duration.ofSeconds(2);

  private final Tools tools;
  private final Host host;
  private final Order order;
  private final Account account;

  RestartAttempt(Tools tools, Host host, Order order, Account account) {
    this.tools = tools;
    this.host = host;
    this.order = order;
    this.account = account;
  }

  /** Does it all. */
  Report run() throws InterruptedException {
    Optional<String> unit = host.unit();
    HostReport report = unit.isEmpty() ? host.look(PATIENT) : settled(unit.get());
    if (report instanceof HostReport.Unreadable unreadable && host.remote()) {
      account.add("before: " + unreadable.why());
      return untouched(Reason.HOST_UNREACHABLE);
    }
    if (unit.isEmpty()) {
      return recheck(report, null);
    }
    UnitReading reading = UnitReading.of(report);
    account.add("before: " + reading.line(unit.get()));
    if (!(reading instanceof Known known)) {
      return untouched(Reason.UNIT_UNREADABLE);
    }
    if (known.state().missing()) {
      return untouched(Reason.UNIT_MISSING);
    }
    if (touchable(known.state()) && !known.state().masked()) {
      return recheck(report, known.state());
    }
    Reason reason = known.state().masked() ? Reason.UNIT_MASKED : Reason.UNIT_NOT_ACTIVE;
    return account.ended(Result.of(Outcome.REFUSED, reason), "nothing was touched", "");
  }

  /** A restart that hangs in the stop is what the stronger actions are for. */
  private boolean touchable(UnitState unit) {
    return unit.active() || (order.action() != Action.RESTART && unit.stoppingToRestart());
  }

  /** A look at the host when its unit is not on its way up or down any more. */
  private HostReport settled(String unit) throws InterruptedException {
    HostReport report = host.look(PATIENT);
    for (int looks = 1; looks < CHANGING_LOOKS && changing(report); looks++) {
      account.add("before: " + UnitReading.of(report).line(unit));
      tools.pauser().pause(CHANGING_PAUSE);
      report = host.look(PATIENT);
    }
    return report;
  }

  private static boolean changing(HostReport report) {
    return UnitReading.of(report) instanceof Known known && known.state().changing();
  }

  private Report recheck(HostReport report, @Nullable UnitState unitOrNull)
      throws InterruptedException {
    Recheck recheck = new Recheck(tools, host, order, account);
    Optional<List<PsModel>> listed = host.server().loaded(PS_LIMIT);
    Optional<String> barred = host.server().barred();
    if (barred.isPresent()) {
      account.add("before: nothing could be proven: " + barred.get());
      return untouched(Reason.HOST_UNREACHABLE);
    }
    List<ProcessRow> processes =
        report instanceof HostReport.Seen seen ? seen.processes() : List.of();
    Baseline before = new Baseline(unitOrNull, processes, listed.orElse(List.of()));
    Instant began = tools.clock().instant();
    Optional<Result> off = recheck.calledOff(report, before);
    account.add("looked again for " + Act.secondsSince(began, tools.clock()));
    String evidence = recheck.evidence() + ModelList.section(listed);
    return off.isPresent()
        ? account.ended(off.get(), "nothing was touched", evidence)
        : act(before).with(evidence);
  }

  /** To clear the counter may take long, too, and is already something that is touched. */
  private Report act(Baseline before) throws InterruptedException {
    Act act = new Act(host, order, tools.clock(), account);
    Optional<Reason> objection = order.lastWord().objection();
    if (objection.isPresent()) {
      return heldBack(objection.get(), "nothing was touched");
    }
    act.prepare();
    objection = order.lastWord().objection();
    return objection.isPresent()
        ? heldBack(objection.get(), "the server was not touched")
        : proven(before, act.run());
  }

  private Report heldBack(Reason reason, String touched) {
    account.add("called off right before the act: " + reason.sentence());
    return account.ended(Result.heldBack(reason), touched, "");
  }

  private Report proven(Baseline before, CommandResult result) throws InterruptedException {
    if (result instanceof NotStarted) {
      return untouched(Reason.COMMAND_NOT_STARTED);
    }
    return result instanceof Exited exited && exited.status() != 0
        ? failed(exited.output())
        : prove(before, result);
  }

  /** Of an operator's own program nobody here knows what else would give it the right. */
  private boolean asksPolkit() {
    return switch (order.action()) {
      case RESTART -> false;
      case KILL -> true;
      case COMMAND ->
          host.remote() || Polkit.decidesOn(order.target().control().ladder().command());
    };
  }

  private Report failed(String said) {
    if (!asksPolkit() || !Polkit.denied(said)) {
      return account.ended(Result.of(Outcome.FAILED, Reason.COMMAND_FAILED), "", "");
    }
    String last = "the right is missing; as root, on the unit's host: ";
    return account.ended(
        Result.of(Outcome.FAILED, Reason.RIGHT_MISSING),
        last + LadderRight.mend(order.action(), said),
        "");
  }

  /**
   * A restart whose command was not seen to end may be under way all the same, and a unit can show
   * that it was, or a model that computes. An answering API alone cannot: that of a frozen server
   * mostly answers, too.
   */
  private Report prove(Baseline before, CommandResult act) throws InterruptedException {
    Instant acted = tools.clock().instant();
    Proof proof = new Proof(tools, host, order.target(), before);
    ProofTime time = ProofTime.of(order.target(), tools.clock(), order.startedAt());
    Proof.Finding finding = proof.await(time);
    String took = Act.secondsSince(acted, tools.clock()) + " after the command: ";
    boolean unended = !(act instanceof Exited);
    boolean shown = before.unitOrNull() != null || finding.computed();
    if (finding.proven() && (shown || !unended)) {
      return account.ended(Result.of(Outcome.RECOVERED, Reason.PROVEN), took + finding.text(), "");
    }
    Result failure =
        unended ? unended(before, proof) : Result.of(Outcome.NOT_RECOVERED, finding.reason());
    return account.ended(failure, "last seen " + took + finding.text(), "");
  }

  /** If the host or its unit was not seen again, nobody knows whether it was restarted. */
  private static Result unended(Baseline before, Proof proof) {
    if (!proof.seen()) {
      return Result.of(Outcome.ABANDONED, Reason.HOST_LOST);
    }
    return before.unitOrNull() == null || proof.unitSeen()
        ? Result.of(Outcome.FAILED, Reason.COMMAND_TIMED_OUT)
        : Result.of(Outcome.ABANDONED, Reason.UNIT_UNREADABLE);
  }

  private Report untouched(Reason reason) {
    return account.ended(Result.untouched(reason), "nothing was touched", "");
  }
}
