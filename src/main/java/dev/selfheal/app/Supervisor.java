package dev.selfheal.app;

import java.time.Duration;
import java.util.Optional;

/** Who has started this program and wants to hear how it is: systemd, or nobody. */
public interface Supervisor {

  /** Nobody wants to hear anything. */
  Supervisor NONE =
      new Supervisor() {
        @Override
        public void ready(String status) {}

        @Override
        public Optional<Duration> watchdog() {
          return Optional.empty();
        }

        @Override
        public void alive() {}
      };

  /**
   * The program does its work from now on.
   *
   * @param status what it does, in one line for {@code systemctl status}
   */
  void ready(String status);

  /** How long it may be silent before it is taken for frozen, and restarted; empty for ever. */
  Optional<Duration> watchdog();

  /** Some of the real work has just been done. */
  void alive();
}
