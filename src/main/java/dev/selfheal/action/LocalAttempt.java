package dev.selfheal.action;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.CommandResult.TimedOut;
import dev.selfheal.action.RecoveryCheck.Finding;
import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.child.Plain;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt on a target of this machine: look, act, prove. */
final class LocalAttempt {
  private static final int MAX_ARGV = 300;

  private final Tools tools;
  private final Target target;
  private final Instant startedAt;
  private final Account account;

  LocalAttempt(Tools tools, Target target, Instant startedAt, Account account) {
    this.tools = tools;
    this.target = target;
    this.startedAt = startedAt;
    this.account = account;
  }

  /** Does it all. */
  Report run() throws InterruptedException {
    Optional<String> name = target.control().unit();
    if (name.isEmpty()) {
      return act(null);
    }
    SystemdUnit unit = new SystemdUnit(tools.commands(), name.get());
    UnitReading reading = unit.read(SystemdUnit.PATIENT);
    account.add("before: " + unit.line(reading));
    if (!(reading instanceof Known known)) {
      return untouched(Reason.UNIT_UNREADABLE, "");
    }
    if (known.state().missing()) {
      return untouched(Reason.UNIT_MISSING, "");
    }
    return known.state().active()
        ? act(known.state())
        : account.ended(Result.of(Outcome.REFUSED, Reason.UNIT_NOT_ACTIVE), "nothing was touched");
  }

  private Report act(@Nullable UnitState beforeOrNull) throws InterruptedException {
    Duration limit = timeToAct();
    if (limit.isZero()) {
      return untouched(Reason.COMMAND_NOT_STARTED, "the time for the act was over before it began");
    }
    List<String> argv = argv();
    account.add("command: " + Plain.line(String.join(" ", argv), MAX_ARGV));
    Instant began = tools.clock().instant();
    CommandResult result = tools.commands().finish(argv, limit);
    account.add(words(result, secondsSince(began)));
    if (result instanceof NotStarted) {
      return untouched(Reason.COMMAND_NOT_STARTED, "");
    }
    return result instanceof Exited exited && exited.status() != 0
        ? account.ended(Result.of(Outcome.FAILED, Reason.COMMAND_FAILED), "")
        : prove(beforeOrNull, result instanceof TimedOut);
  }

  /**
   * A restart whose command was stopped may be under way all the same, and a unit can show that it
   * was. An answering API alone cannot: that of a frozen server mostly answers, too.
   */
  private Report prove(@Nullable UnitState beforeOrNull, boolean stopped)
      throws InterruptedException {
    Instant acted = tools.clock().instant();
    Finding finding = new RecoveryCheck(tools).await(target, beforeOrNull, proofEnds(acted));
    String took = secondsSince(acted) + " after the command: ";
    Result failure =
        stopped
            ? Result.of(Outcome.FAILED, Reason.COMMAND_TIMED_OUT)
            : Result.of(Outcome.NOT_RECOVERED, finding.reason());
    return finding.proven() && !(stopped && beforeOrNull == null)
        ? account.ended(Result.of(Outcome.RECOVERED, Reason.PROVEN), took + finding.text())
        : account.ended(failure, "last seen " + took + finding.text());
  }

  private List<String> argv() {
    List<String> command = target.control().command();
    return command.isEmpty()
        ? SystemdUnit.tryRestart(target.control().unit().orElseThrow())
        : command;
  }

  /** Where recovery may take only seconds, the deadline comes first. */
  private Duration timeToAct() {
    Duration used = Duration.between(startedAt, tools.clock().instant());
    Duration most = shorter(Target.ACT_LIMIT, timeToTouch());
    Duration left = used.isNegative() ? most : most.minus(used);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** From the start of the attempt until its holder must have stopped. */
  private Duration timeToTouch() {
    return target.attemptLimit().minus(Target.DEADLINE_MARGIN);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Instant proofEnds(Instant acted) {
    Instant wanted = acted.plus(target.recovery().timeout());
    Instant latest = startedAt.plus(timeToTouch());
    return wanted.isBefore(latest) ? wanted : latest;
  }

  private Report untouched(Reason reason, String line) {
    account.add(line);
    return account.ended(Result.untouched(reason), "nothing was touched");
  }

  private String secondsSince(Instant began) {
    long millis = Duration.between(began, tools.clock().instant()).toMillis();
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static String words(CommandResult result, String took) {
    if (result instanceof NotStarted never) {
      return "it could not be started: " + never.why();
    }
    if (result instanceof Exited exited) {
      return "it ended with status " + exited.status() + " after " + took + below(exited.output());
    }
    TimedOut late = (TimedOut) result;
    return "it was stopped after " + took + ", when its time was over" + below(late.output());
  }

  private static String below(String output) {
    return output.isEmpty() ? "" : ", and wrote:\n" + output;
  }
}
