package dev.selfheal.verify;

import java.nio.file.Path;
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

  /** Whether a user may read a file; true where that cannot be asked. */
  boolean mayRead(Path file, String user) throws InterruptedException;
}
