package dev.selfheal.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The systemd and the users of this machine, which are asked and never told to do anything. */
public interface Systemd {

  /** What it says about a unit. */
  UnitAnswer show(String unit) throws InterruptedException;

  /**
   * What it says to somebody who asks for a restart in a way that it refuses whoever asks, but only
   * after it has looked at his rights.
   *
   * @param user who is to ask; empty for the one who runs this
   */
  String askForRestart(String unit, Optional<String> user) throws InterruptedException;

  /**
   * What it says to somebody who asks to kill a unit's processes and to restart it, each in a way
   * that it refuses whoever asks, but only after it has looked at his rights.
   *
   * @param user who is to ask; empty for the one who runs this
   */
  String askForKill(String unit, Optional<String> user) throws InterruptedException;

  /** The same to somebody who asks to start a unit. */
  String askForStart(String unit, Optional<String> user) throws InterruptedException;

  /** Whether what a unit starts gets no rights by sudo. */
  boolean forbidsSudo(String unit) throws InterruptedException;

  /**
   * Asks sudo whether somebody may run a command, which is not run.
   *
   * @param user who is to ask; empty for the one who runs this
   * @return why not; empty if he may
   */
  Optional<String> askSudo(List<String> command, Optional<String> user) throws InterruptedException;

  /** Whether a user may read a file; true where that cannot be asked. */
  boolean mayRead(Path file, String user) throws InterruptedException;
}
