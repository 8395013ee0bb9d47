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
  private volatile List<String> allowed = List.of();
  private volatile String kill = "Failed to kill unit ollama.service: No control process to kill";
  private volatile String start = ALLOWED;
  private volatile boolean forbidsSudo;

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

  FakeSystemd answersToKills(String words) {
    kill = words;
    return this;
  }

  FakeSystemd answersToStarts(String words) {
    start = words;
    return this;
  }

  @Override
  public String askForKill(String unit, Optional<String> user) {
    askers.add(user.orElse("self"));
    return kill + "\n" + right;
  }

  @Override
  public String askForStart(String unit, Optional<String> user) {
    return start;
  }

  /** What sudo is asked about; it lets nobody run anything else than this. */
  FakeSystemd sudoAllows(String... command) {
    allowed = List.of(command);
    return this;
  }

  FakeSystemd forbidsSudo() {
    forbidsSudo = true;
    return this;
  }

  @Override
  public boolean forbidsSudo(String unit) {
    return forbidsSudo;
  }

  @Override
  public Optional<String> askSudo(List<String> command, Optional<String> user) {
    askers.add(user.orElse("self"));
    return command.equals(allowed) ? Optional.empty() : Optional.of("a password is required");
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
