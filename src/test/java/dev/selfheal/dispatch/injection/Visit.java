package dev.selfheal.dispatch.injection;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Freeze;
import dev.selfheal.action.Gathered;
import dev.selfheal.action.Host;
import dev.selfheal.action.HostReport;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.remedy.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A visit of the receiver to a fake host. */
final class Visit implements Host {
  private final World world;
  private final Server server;
  private final Chronicle chronicle;
  private final Sight sight;
  private Instant firstLook = Instant.MAX;

  Visit(Server server, Chronicle chronicle) {
    this.world = server.world;
    this.server = server;
    this.chronicle = chronicle;
    this.sight = new Sight(server);
  }

  @Override
  public Optional<String> unit() {
    return server.hasUnit ? Optional.of("ollama.service") : Optional.empty();
  }

  @Override
  public boolean remote() {
    return server.remote;
  }

  @Override
  public HostReport look(Duration limit) throws InterruptedException {
    Instant began = world.now();
    if (world.mishap(0.001)) {
      throw new IllegalStateException("a fault of the receiver's own");
    }
    world.sleep(world.dice.seconds(0.01, 0.4), false);
    if (server.gone() || world.mishap(server.remote ? 0.03 : 0.005)) {
      world.sleep(limit.compareTo(Duration.ofSeconds(2)) < 0 ? limit : limit.dividedBy(2), false);
      return new HostReport.Unreadable("no route to host");
    }
    boolean shown = !world.mishap(0.03) && !world.now().isBefore(server.muteUntil);
    firstLook = firstLook.isBefore(world.now()) ? firstLook : world.now();
    if (shown || !server.hasUnit) {
      chronicle.seen(server.name, began);
    }
    return sight.report(shown);
  }

  @Override
  public Gathered gather(Duration limit) throws InterruptedException {
    boolean slow = world.mishap(0.1);
    world.sleep(slow ? limit : world.dice.seconds(0.1, 1), false);
    return server.gone() || slow
        ? new Gathered(new HostReport.Unreadable("it took too long"), "")
        : new Gathered(sight.report(true), "evidence");
  }

  @Override
  public CommandResult resetFailed(Duration limit) throws InterruptedException {
    world.sleep(Duration.ofMillis(50), false);
    return world.mishap(0.1)
        ? new CommandResult.Exited(1, "it cannot")
        : new CommandResult.Exited(0, "");
  }

  @Override
  public CommandResult act(Action action, Duration limit) throws InterruptedException {
    return new Act(server, chronicle, firstLook).happen(limit);
  }

  @Override
  public String line(Action action) {
    return "restart " + server.name;
  }

  @Override
  public boolean throughSystemd() {
    return server.hasUnit;
  }

  @Override
  public CommandResult askToFreeze(Duration limit) {
    throw new AssertionError("the receiver freezes nothing");
  }

  @Override
  public CommandResult freeze(Freeze freeze, Duration limit) {
    throw new AssertionError("the receiver freezes nothing");
  }

  @Override
  public CommandResult thaw(Duration limit) {
    throw new AssertionError("the receiver freezes nothing");
  }

  @Override
  public OllamaServer server() {
    return new Answers(server);
  }

  @Override
  public void close() {
    // Nothing is left open.
  }
}
