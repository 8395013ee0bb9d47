package dev.selfheal.verify;

import dev.selfheal.child.Plain;

/** How a check ended. All texts are one line each, fit for a terminal. */
public sealed interface CheckResult {
  /** The longest text. */
  int MOST = 500;

  /** The link holds. */
  record Ok(String seen) implements CheckResult {
    public Ok {
      seen = Plain.line(seen, MOST);
    }
  }

  /**
   * The link is broken.
   *
   * @param seen what is wrong, and where
   * @param mend a command, or what to do in words
   */
  record Failed(String seen, String mend) implements CheckResult {
    public Failed {
      seen = Plain.line(seen, MOST);
      mend = Plain.line(mend, MOST);
    }
  }

  /**
   * There is nothing to check, or it could not be seen.
   *
   * @param why what is not there, or what would show it
   */
  record NotApplicable(String why) implements CheckResult {
    public NotApplicable {
      why = Plain.line(why, MOST);
    }
  }

  /** What the table shows of it. */
  default String seen() {
    if (this instanceof Ok ok) {
      return ok.seen();
    }
    return this instanceof Failed failed ? failed.seen() : ((NotApplicable) this).why();
  }
}
