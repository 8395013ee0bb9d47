package dev.selfheal.verify;

import java.util.Optional;

/**
 * Who asks, and for whom.
 *
 * @param user who runs this
 */
record Account(Systemd systemd, String user) {
  static final String ROOT = "root";

  /** Whom the receiver runs as; empty if no unit tells. */
  Optional<String> receivers() throws InterruptedException {
    return systemd.show("selfheal.service") instanceof UnitAnswer.Known known
            && known.load().equals("loaded")
        ? Optional.of(known.user().isEmpty() ? ROOT : known.user())
        : Optional.empty();
  }

  boolean isRoot() {
    return user.equals(ROOT);
  }

  /** Whether it is another user, who need not see what the receiver sees. */
  boolean stranger() throws InterruptedException {
    Optional<String> receivers = receivers();
    return !isRoot() && receivers.isPresent() && !receivers.get().equals(user);
  }
}
