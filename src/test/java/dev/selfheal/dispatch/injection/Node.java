package dev.selfheal.dispatch.injection;

import dev.selfheal.action.ProvingRestarter;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.dispatch.Alertmanager;
import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Intake;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.dispatch.Ports;
import dev.selfheal.dispatch.Workers;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import java.time.Duration;

/** The machine that the receiver runs on: starts it, and starts it again when it has ended. */
final class Node {
  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** To close and open a ledger takes long; what is not committed is lost either way. */
  private static final double REALLY = 0.05;

  private final World world;
  private final Shelf shelf;
  private final Senses senses;
  private final WatchedLedger.Watch watch;
  private Life life;
  private Dispatch dispatch;

  /** The configuration of the moment. */
  Managed managed;

  /** What the receiver sees of the world. */
  record Senses(ProvingRestarter restarter, TargetEvidence evidence, Alertmanager alertmanager) {}

  @SuppressWarnings("NullAway.Init") // it is to be booted first of all
  Node(World world, Shelf shelf, Senses senses, WatchedLedger.Watch watch, Managed managed) {
    this.world = world;
    this.shelf = shelf;
    this.senses = senses;
    this.watch = watch;
    this.managed = managed;
  }

  /** Starts the receiver. */
  void boot() {
    life = new Life(world);
    Ledger watched = new WatchedLedger(world, life, shelf.ledger(), watch).asLedger();
    Ports ports =
        new Ports(
            senses.restarter(),
            senses.evidence(),
            senses.alertmanager(),
            new Deaf(),
            () -> world.wrong("the ledger is damaged"));
    Workers workers =
        new Workers(
            world.clock,
            () -> Duration.between(World.BEGIN, world.now()).toNanos(),
            life.timer(),
            life.workers(false),
            life.workers(true),
            life.workers(true));
    dispatch = new Dispatch(watched, () -> managed, ports, workers, "a test");
    Life mine = life;
    life.run(() -> begin(mine));
  }

  private void begin(Life mine) {
    world.step("the receiver starts");
    try {
      dispatch.adopt();
    } catch (LedgerException e) {
      world.step("the receiver cannot start");
      kill();
      return;
    }
    mine.listens = !mine.ending;
    sweep(mine);
  }

  private void sweep(Life mine) {
    if (!mine.ending) {
      dispatch.sweep();
      var unused =
          world.after(
              world.calm ? SWEEP.multipliedBy(5) : SWEEP, () -> world.soon(() -> sweep(mine)));
    }
  }

  /** It is killed; what runs it starts it again. */
  void kill() {
    if (!life.over) {
      life.kill();
      if (world.dice.in(REALLY)) {
        shelf.reopen();
      }
      var unused = world.after(world.dice.seconds(1, world.dice.in(0.8) ? 15 : 300), this::boot);
    }
  }

  /** It is told to stop, and killed if that takes too long. */
  void stop() {
    if (!life.ending) {
      Life mine = life;
      world.step("the receiver is told to stop");
      mine.stop();
      var unused =
          world.after(
              Duration.ofSeconds(20),
              () -> {
                if (mine == life) {
                  kill();
                }
              });
    }
  }

  boolean listens() {
    return life.listens;
  }

  Intake hears(Payload payload) {
    return dispatch.incidents().accept(payload);
  }

  Dispatch dispatch() {
    return dispatch;
  }

  Shelf shelf() {
    return shelf;
  }

  boolean manages(String target) {
    return managed.named(target).isPresent();
  }

  void close() {
    life.kill();
    world.pass(Duration.ZERO);
  }
}
