package dev.selfheal.dispatch.injection;

import dev.selfheal.dispatch.injection.Troubles.Kind;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator, who orders this and that. */
final class OperatorHand {
  private final Scene scene;
  private final World world;
  private final Dice dice;

  OperatorHand(Scene scene) {
    this.scene = scene;
    this.world = scene.world;
    this.dice = world.dice;
  }

  /** The configuration changes, for a while. */
  void reload(Kind kind, Server server) {
    if (kind == Kind.MODE) {
      scene.plan.change(dice.any(List.of(Mode.values())));
      var unused = world.after(dice.seconds(60, 400), () -> change(Mode.ACT));
    } else {
      scene.plan.without(server.name);
      if (dice.in(0.8)) {
        var unused = world.after(dice.seconds(10, 500), this::whole);
      }
    }
    world.step("reload: " + kind + " " + server.name + " " + scene.plan.mode());
    scene.reload();
  }

  private void change(Mode mode) {
    scene.plan.change(mode);
    world.step("reload: mode " + mode);
    scene.reload();
  }

  private void whole() {
    scene.plan.whole();
    world.step("reload: all targets");
    scene.reload();
  }

  /** An order about one target, or all if it has no name; a restart is always of one. */
  void give(Kind kind, @Nullable String name, Server some) {
    if (!scene.node.listens()) {
      return;
    }
    try {
      order(kind, name, some.name);
    } catch (LedgerException e) {
      world.step(kind + " is not taken");
    }
  }

  private void order(Kind kind, @Nullable String name, String some) {
    var operator = scene.node.dispatch().operator();
    Target target = name == null ? null : scene.plan.target(name);
    world.step(kind + " " + name + " " + some);
    if (kind == Kind.MANUAL) {
      var unused = operator.restart(some, "a test");
    } else if (kind == Kind.RESUME) {
      var unused = operator.resume(target);
    } else {
      Duration time = dice.in(0.8) ? dice.seconds(30, 900) : null;
      operator.pause(target, time, "a test");
    }
  }
}
