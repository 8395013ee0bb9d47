package dev.selfheal.remedy;

import java.time.Instant;

/** What the policy should decide, told relative to the moment of the decision. */
interface Expected {

  Decision at(Instant now);

  static Expected restart(Reason reason) {
    return restart(Mode.ACT, reason);
  }

  static Expected restart(Mode mode, Reason reason) {
    return now -> new Decision.Restart(mode, reason);
  }

  /** A hold that lasts so long from now. */
  static Expected hold(Reason reason, String lasting) {
    return now -> new Decision.Hold(now.plus(Timeline.time(lasting)), reason);
  }

  /** A hold that only an event ends. */
  static Expected holdWithoutEnd(Reason reason) {
    return now -> new Decision.Hold(Decision.NO_END, reason);
  }

  static Expected escalation(Reason reason) {
    return now -> new Decision.Escalate(reason);
  }

  static Expected nothing(Reason reason) {
    return now -> new Decision.Nothing(reason);
  }
}
