package dev.selfheal.dispatch.injection;

import java.time.Duration;
import java.util.List;

/** What happens to receiver and hosts from outside, each at its time. */
final class Troubles {
  private final Scene scene;
  private final World world;
  private final Dice dice;
  private final OperatorHand orders;

  Troubles(Scene scene) {
    this.scene = scene;
    this.world = scene.world;
    this.dice = world.dice;
    this.orders = new OperatorHand(scene);
  }

  /** One kind of event. */
  enum Kind {
    FREEZE,
    FREEZE_AGAIN,
    FREEZE_THAT_PASSES,
    FALSE_ALARM,
    SILENCE,
    KERNEL,
    GPU,
    STOPPED,
    MASKED,
    MISSING,
    OTHERS_RESTART,
    OUTAGE,
    MUTE,
    DECLINES,
    KILL,
    STOP,
    DISK,
    ALERTMANAGER,
    CLOCK,
    PAUSE,
    RESUME,
    MANUAL,
    RELOAD,
    MODE
  }

  /** Spreads them over a time. */
  void over(Duration time) {
    scene.servers.forEach(server -> later(dice.seconds(1, 400), Kind.FREEZE, server));
    int events = dice.between(1, 12);
    for (int i = 0; i < events; i++) {
      Duration when = dice.seconds(5, (double) time.toSeconds());
      later(when, dice.any(List.of(Kind.values())), dice.any(scene.servers));
    }
  }

  private void later(Duration when, Kind kind, Server server) {
    var unused = world.after(when, () -> happen(kind, server));
  }

  private void happen(Kind kind, Server server) {
    scene.coverage.count(kind.name());
    switch (kind) {
      case FREEZE, FREEZE_AGAIN -> server.freeze();
      case FREEZE_THAT_PASSES -> passing(server);
      case KERNEL, GPU, DECLINES, FALSE_ALARM, SILENCE -> odd(kind, server);
      case STOPPED, MASKED, MISSING, OTHERS_RESTART, OUTAGE -> over(kind, server);
      case KILL -> scene.kill();
      case STOP -> scene.node.stop();
      case DISK -> scene.diskFull = lasting(() -> scene.diskFull = false);
      case ALERTMANAGER -> scene.alertmanagerAway = lasting(() -> scene.alertmanagerAway = false);
      case CLOCK -> step();
      case PAUSE, RESUME, MANUAL -> orders.give(kind, dice.in(0.4) ? null : server.name, server);
      case RELOAD, MODE -> orders.reload(kind, server);
      case MUTE -> server.muteUntil = world.now().plus(dice.seconds(10, 600));
    }
  }

  private void passing(Server server) {
    server.freeze();
    var unused = world.after(dice.seconds(60, 200), server::thaw);
  }

  private boolean lasting(Runnable end) {
    var unused = world.after(dice.seconds(10, 240), end);
    return true;
  }

  private void odd(Kind kind, Server server) {
    world.step(server.name + ": " + kind);
    switch (kind) {
      case KERNEL -> {
        server.freeze();
        server.stuckInKernel = true;
      }
      case GPU -> {
        server.freeze();
        server.gpuLost = true;
      }
      case DECLINES -> server.declines = dice.any(List.of(400, 404, 503));
      default ->
          scene.sirens.stream()
              .filter(siren -> siren.of(server))
              .forEach(siren -> siren.lie(kind == Kind.SILENCE, dice.seconds(100, 1500)));
    }
  }

  private void over(Kind kind, Server server) {
    switch (kind) {
      case STOPPED -> server.become("loaded", dice.any(List.of("inactive", "activating")));
      case MASKED -> server.become("masked", dice.any(List.of("active", "inactive")));
      case MISSING -> server.become("not-found", "inactive");
      case OTHERS_RESTART -> {
        if (server.up() && !world.now().isBefore(server.jobUntil)) {
          server.restart(
              Duration.ofSeconds(1), dice.any(List.of(Sequel.CURED, Sequel.STILL_FROZEN)));
        }
        return;
      }
      default -> server.goneUntil = world.now().plus(dice.seconds(5, 600));
    }
    if (dice.in(0.6)) {
      var unused = world.after(dice.seconds(3, 300), server::startedByHand);
    }
  }

  private void step() {
    Duration step =
        dice.in(0.5) ? dice.seconds(-400, 0) : dice.seconds(-7200, dice.in(0.5) ? 0 : 7200);
    world.step("the clock is set by " + step);
    world.clock.step(step);
  }
}
