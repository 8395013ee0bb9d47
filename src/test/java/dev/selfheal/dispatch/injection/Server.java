package dev.selfheal.dispatch.injection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fake host with one unit and one server on it, as it really is. */
final class Server {
  static final Instant NEVER = Instant.MAX;

  final World world;
  final String name;
  final boolean remote;
  final boolean hasUnit;

  /** Whether its exporter writes a page, and what is wrong with its clock. */
  final boolean exporter;

  final Duration clockOffset;
  final boolean client;

  String load = "loaded";
  String active = "active";
  Instant unitSince = World.BEGIN;
  Instant startedAt = World.BEGIN.minus(Duration.ofHours(9));
  int invocation = 1;

  /** When a process of before the restart was started that lives on; null if none does. */
  @Nullable Instant oldProcess;

  /** When it froze; {@link #NEVER} while it computes. */
  Instant frozenSince = NEVER;

  String stall = "runner_stalled";
  boolean stuckInKernel;
  boolean gpuLost;
  Instant answersFrom = World.BEGIN;
  Instant loadedFrom = World.BEGIN;
  boolean onGpu = true;
  int declines;

  /** Until when its systemctl says nothing. */
  Instant muteUntil = World.BEGIN;

  /** Until when it cannot be reached. */
  Instant goneUntil = World.BEGIN;

  /** Until when a restart is under way; and one that this receiver has begun. */
  Instant jobUntil = World.BEGIN;

  Instant ownJobUntil = World.BEGIN;

  Server(World world, int number) {
    Dice dice = world.dice;
    this.world = world;
    this.name = "gpu-" + number;
    this.remote = dice.in(0.6);
    this.hasUnit = dice.in(0.75);
    this.exporter = hasUnit && dice.in(0.6);
    this.clockOffset = dice.in(0.3) ? dice.seconds(-4000, 4000) : Duration.ZERO;
    this.client = dice.in(0.5);
  }

  boolean gone() {
    return remote && world.now().isBefore(goneUntil);
  }

  boolean frozen() {
    return !frozenSince.equals(NEVER);
  }

  boolean up() {
    return active.equals("active");
  }

  boolean answers() {
    return up() && !world.now().isBefore(answersFrom);
  }

  boolean loaded() {
    return answers() && !world.now().isBefore(loadedFrom);
  }

  boolean computes() {
    return loaded() && !frozen();
  }

  void freeze() {
    if (computes()) {
      frozenSince = world.now();
      stall = world.dice.any(List.of("runner_stalled", "runner_stalled", "scheduler_stalled"));
      world.step(name + " freezes: " + stall);
    }
  }

  void thaw() {
    frozenSince = NEVER;
    stuckInKernel = false;
    world.step(name + " computes again by itself");
  }

  void become(String newLoad, String newActive) {
    load = newLoad;
    active = newActive;
    frozenSince = newActive.equals("active") ? frozenSince : NEVER;
    unitSince = world.now();
    world.step(name + " is " + newLoad + " " + newActive);
  }

  /** Somebody starts it, or undoes what keeps it from being started. */
  void startedByHand() {
    if (!load.equals("loaded") || (!up() && !world.now().isBefore(jobUntil))) {
      load = "loaded";
      if (!up()) {
        start(Sequel.CURED);
      }
    }
  }

  /** It is stopped, and started after a while. */
  void restart(Duration stopping, Sequel sequel) {
    world.step(name + " is being restarted: " + sequel);
    jobUntil = world.now().plus(stopping);
    active = "deactivating";
    unitSince = world.now();
    var unused = world.after(stopping, () -> start(sequel));
  }

  private void start(Sequel sequel) {
    active = sequel == Sequel.DIES ? "failed" : "active";
    unitSince = world.now();
    oldProcess = sequel == Sequel.OLD_PROCESS_STAYS ? startedAt : null;
    startedAt = world.now();
    invocation++;
    frozenSince = sequel == Sequel.STILL_FROZEN ? world.now() : NEVER;
    answersFrom =
        sequel == Sequel.API_STAYS_SILENT ? NEVER : world.now().plus(world.dice.seconds(0, 8));
    loadedFrom = answersFrom.equals(NEVER) ? NEVER : answersFrom.plus(loading(sequel));
    onGpu = sequel != Sequel.ON_THE_CPU;
    world.step(name + " is started, invocation " + invocation);
  }

  private Duration loading(Sequel sequel) {
    return switch (sequel) {
      case LOADS_LONG -> world.dice.seconds(20, 80);
      case LOADS_FOR_EVER -> Duration.ofHours(2);
      default -> world.dice.seconds(0, 3);
    };
  }
}
