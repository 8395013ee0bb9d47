package dev.selfheal.remedy;

import java.util.Locale;

/**
 * Why something was decided, or how an attempt ended: the same word is the log field, the metric
 * label and the ledger column.
 */
public enum Reason {
  // Why a restart.
  ALERT_FIRING("the alert fires"),
  STILL_FIRING("the alert still fires after an earlier attempt"),
  REQUESTED("an operator asked for it"),
  APPROVED("an operator approved it"),

  // Why not now, in the order in which the policy looks.
  PAUSED("automatic action is paused"),
  CLOCK_AHEAD("the ledger holds times more than 5 minutes in the future: set this host's clock"),
  ATTEMPT_RUNNING("an attempt is running"),
  AWAITING_APPROVAL("an attempt waits for approval"),
  OUTCOME_UNKNOWN(
      "nobody knows yet what became of the last attempt: its host has not been seen since"),
  UNCONFIRMED("the alert is old news, and nobody can say whether it still holds"),
  ESCALATED(
      "a human was told; automatic action ends until the alerts resolve or `selfheal resume`"),
  QUIET_HOURS("the configuration allows no action at this hour"),
  COOLDOWN("the last attempt ended less than the cooldown ago"),
  BACKING_OFF("the last attempt found the server healthy"),
  EXTERNAL_RESTART("somebody else restarted it"),
  DECAYING("it has recovered; its alert may go on firing for a while"),
  FLEET_BUSY("as many attempts as the fleet may have are running"),
  FLEET_SHARE("too many targets of the fleet were restarted lately"),

  // Why a human is told.
  BUDGET_SPENT("the restart budget is spent"),
  THREE_FAILURES("three attempts in a row did not help"),
  THREE_NOT_NEEDED("three attempts in a row found it healthy: the alert's rule is wrong"),
  RESTART_REFUSED("a restart could not cure it"),

  // Why nothing is left to do.
  NO_INCIDENT("nothing is wrong"),
  ALERT_RESOLVED("all its alerts are resolved"),
  RECOVERY_HELD("it has recovered, and its alerts are over"),
  NOT_CONFIRMED("the alert was old news, and is over"),
  WITHDRAWN("its exporter stopped repeating the alert"),
  TARGET_REMOVED("the target is not configured any more"),
  MANUAL_ENDED("the requested attempt has ended"),

  // Why an alert opens nothing.
  NO_TARGET("the alert's labels match no target"),
  AMBIGUOUS("the alert's labels match several targets"),

  // How an attempt ended.
  PROVEN("it computes again"),
  API_SILENT("its API did not answer in time after the restart"),
  INFERENCE_SILENT("its API answers, but no model computed anything in time"),
  STILL_LOADING("its model was still being loaded when the time for it was over"),
  FELL_BACK_TO_CPU("its model runs on the CPU now, and ran on the GPU before"),
  UNIT_UNCHANGED("the unit's InvocationID or main PID did not change"),
  OLD_PROCESS_LEFT("the server or a runner of before the restart still lives"),
  COMMAND_FAILED("the restart command ended with an error"),
  COMMAND_TIMED_OUT("the restart command did not end in time"),
  RIGHT_MISSING("the receiver may not do this: its report names the file that allows it"),
  COMMAND_NOT_STARTED("the restart command could not be started"),
  HOST_UNREACHABLE("its host could not be reached"),
  HOST_LOST(
      "the connection to its host was lost during the restart, and did not come back in time"),
  UNIT_UNREADABLE("the unit's state could not be read"),
  UNIT_MISSING("the unit does not exist"),
  UNIT_NOT_ACTIVE("the unit is not active: somebody may have stopped it on purpose"),
  UNIT_MASKED("the unit is masked: somebody has forbidden to start it"),
  FOUND_HEALTHY("a second look found it healthy"),
  GPU_LOST("a GPU is lost: no restart brings it back, only a boot does"),
  STUCK_IN_KERNEL("a process of it hangs in the kernel: it outlives a restart"),
  RECEIVER_DIED("the receiver ended while the attempt ran"),
  DEADLINE_PASSED("the attempt did not end before its deadline"),
  UNEXPECTED_ERROR("the receiver met an error of its own: its journal has the details"),
  WOULD_RESTART("observe mode: nothing was touched"),
  APPROVAL_EXPIRED("nobody approved it in time"),
  MODE_CHANGED("its mode was changed before anything was done"),
  LEDGER_UNREADABLE("the ledger could not be read right before the act");

  private final String sentence;
  private final String label;

  Reason(String sentence) {
    this.sentence = sentence;
    this.label = name().toLowerCase(Locale.ROOT);
  }

  /** The reason in words, for people. */
  public String sentence() {
    return sentence;
  }

  /** The reason as a metric label, a log field and a JSON value: {@code budget_spent}. */
  public String label() {
    return label;
  }

  /** Whether a human is told, and automatic action ends until alerts resolve or someone resumes. */
  public boolean latches() {
    return switch (this) {
      case BUDGET_SPENT, THREE_FAILURES, THREE_NOT_NEEDED, RESTART_REFUSED -> true;
      default -> false;
    };
  }

  /** Whether it can hold a started attempt back from the act, whatever its server is like. */
  public boolean holdsBack() {
    return switch (this) {
      case TARGET_REMOVED, PAUSED, QUIET_HOURS, MODE_CHANGED, LEDGER_UNREADABLE -> true;
      default -> false;
    };
  }

  /** Whether a human is told for as long as this is the reason. */
  public boolean tellsHuman() {
    return switch (this) {
      case UNCONFIRMED, CLOCK_AHEAD, OUTCOME_UNKNOWN, AWAITING_APPROVAL -> true;
      default -> latches();
    };
  }
}
