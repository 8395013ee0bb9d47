package dev.selfheal.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A systemd where all units run, unless a test says otherwise. */
final class FakeSystemd implements Systemd {
  static final String ALLOWED = "Failed: --job-mode=triggering is only valid for stop.";

  private final Map<String, UnitAnswer> units = new ConcurrentHashMap<>();
  private final List<String> askers = new ArrayList<>();
  private final List<Path> closed = new ArrayList<>();
  private volatile String right = ALLOWED;

  FakeSystemd says(String unit, String load, String active, String enabled, String user) {
    units.put(unit, new UnitAnswer.Known(load, active, enabled, user));
    return this;
  }

  FakeSystemd knowsNothing(String unit) {
    units.put(unit, new UnitAnswer.Unknown("System has not been booted with systemd"));
    return this;
  }

  FakeSystemd answersToRestarts(String words) {
    right = words;
    return this;
  }

  /** Who has asked for the right to restart. */
  List<String> askers() {
    return askers;
  }

  @Override
  public UnitAnswer show(String unit) {
    return units.getOrDefault(
        unit, new UnitAnswer.Known("loaded", "active", "enabled", System.getProperty("user.name")));
  }

  @Override
  public String askForRestart(String unit, Optional<String> user) {
    askers.add(user.orElse("self"));
    return right;
  }

  /** Nobody but root may read this file. */
  FakeSystemd closes(Path file) {
    closed.add(file);
    return this;
  }

  @Override
  public boolean mayRead(Path file, String user) {
    return user.equals("root") || !closed.contains(file);
  }
}
