package dev.selfheal.dispatch.injection;

import dev.selfheal.action.ProvingRestarter;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.Settlement;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Pause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that plays a part in an episode. */
final class Scene implements WatchedLedger.Watch {
  final World world;
  final Coverage coverage = new Coverage();
  final List<Server> servers = new ArrayList<>();
  final List<Siren> sirens = new ArrayList<>();
  final Orders orders = new Orders();
  final Plan plan;
  final Chronicle chronicle;
  final Node node;
  final Post post;

  /** Whether the ledger takes nothing, and whether Alertmanager says nothing. */
  boolean diskFull;

  boolean alertmanagerAway;

  Scene(long seed, Shelf shelf) {
    this.world = new World(seed);
    shelf.begin(world.clock);
    int targets = world.dice.between(1, 3);
    for (int i = 0; i < targets; i++) {
      servers.add(new Server(world, i));
    }
    this.plan = new Plan(world.dice, servers);
    this.chronicle = new Chronicle(world, coverage, orders);
    Informants informants = new Informants(this);
    Node.Senses senses = new Node.Senses(restarter(), informants::evidence, informants);
    this.node = new Node(world, shelf, senses, this, plan.managed());
    this.post = new Post(world, node);
    this.chronicle.managed = node.managed;
    this.chronicle.writtenDown = start -> shelf.runs(start.attempt);
    for (int i = 0; i < targets; i++) {
      Server server = servers.get(i);
      sirens.add(new Siren(server, post, i, false));
      if (server.exporter && world.dice.in(0.4)) {
        sirens.add(new Siren(server, post, i, true));
      }
    }
    node.boot();
  }

  private ProvingRestarter restarter() {
    return new ProvingRestarter(
        target -> new Visit(server(target.name()), chronicle),
        world.clock,
        time -> world.sleep(time, false));
  }

  Server server(String name) {
    return servers.stream().filter(s -> s.name.equals(name)).findFirst().orElseThrow();
  }

  /** The configuration is read again. */
  void reload() {
    node.managed = plan.managed();
    chronicle.managed = node.managed;
    if (node.listens()) {
      node.dispatch().configurationChanged();
    }
  }

  @Override
  public void claimed(ClaimRequest request, Claim claim) {
    String target = plan.nameOf(request.place().actuator());
    Decision decision = claim.decision();
    chronicle.decided(target, claim);
    if (decision instanceof Decision.Restart restart && restart.mode() == Mode.ACT) {
      chronicle.started(new Start(plan.target(target), claim, server(target)));
    } else if (decision instanceof Decision.Nothing) {
      post.closed(claim.incident(), decision.reason());
    }
  }

  @Override
  public void settled(long attempt, Settlement settlement) {
    chronicle.settled(attempt, settlement.result());
    chronicle.starts.stream()
        .filter(start -> start.attempt == attempt)
        .forEach(s -> new Verdict(world, server(s.target)).check(settlement.result(), s));
  }

  @Override
  public void ended(List<Entry.OfAttempt> entries) {
    entries.forEach(
        entry ->
            entry.attempt().result().ifPresent(r -> chronicle.settled(entry.attempt().id(), r)));
  }

  @Override
  public void paused(String scope, Pause pause) {
    orders.pause(name(scope), pause.until());
  }

  @Override
  public void resumed(String scope) {
    orders.resume(name(scope));
    chronicle.resumed(name(scope));
  }

  private @Nullable String name(String scope) {
    return scope.equals(Ledger.EVERYTHING) ? null : plan.nameOf(scope);
  }

  @Override
  public void kill() {
    node.kill();
  }

  @Override
  public boolean troubled() {
    return diskFull;
  }
}
