package dev.selfheal.dispatch.injection;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;

/** Whether what an attempt says of a host is so. */
final class Verdict {
  private final World world;
  private final Server server;

  Verdict(World world, Server server) {
    this.world = world;
    this.server = server;
  }

  void check(Result result, Start start) {
    if (result.outcome() != Outcome.RECOVERED) {
      return;
    }
    if (server.hasUnit && server.invocation == start.invocation) {
      world.wrong("attempt " + start.attempt + " is proven, but nothing was restarted");
    }
    boolean frozen = server.frozen() && !server.frozenSince.isAfter(server.startedAt);
    if (server.hasUnit && server.declines == 0 && frozen && start.asks) {
      world.wrong("attempt " + start.attempt + " is proven, but it is frozen since its start");
    }
    if (server.oldProcess != null && server.hasUnit) {
      world.wrong("attempt " + start.attempt + " is proven, but an old process lives");
    }
  }
}
