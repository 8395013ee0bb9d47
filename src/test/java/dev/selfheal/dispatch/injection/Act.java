package dev.selfheal.dispatch.injection;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandResult.Cut;
import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.CommandResult.TimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A restart command on its way to a fake host. */
final class Act {
  private final World world;
  private final Server server;
  private final Chronicle chronicle;
  private final Instant firstLook;

  /**
   * @param firstLook when the attempt first saw the unit
   */
  Act(Server server, Chronicle chronicle, Instant firstLook) {
    this.world = server.world;
    this.server = server;
    this.chronicle = chronicle;
    this.firstLook = firstLook;
  }

  CommandResult happen(Duration limit) throws InterruptedException {
    ActFault fault = fault();
    world.step("restart command to " + server.name + ": " + fault);
    if (fault == ActFault.NOT_STARTED || server.gone()) {
      world.sleep(Duration.ofMillis(100), true);
      return new NotStarted("no route to host");
    }
    chronicle.commanded(server, firstLook);
    Duration takes = begin(fault);
    CommandResult result = await(fault, takes, limit);
    if (result instanceof Exited) {
      chronicle.known(server.name);
    }
    return result;
  }

  private ActFault fault() {
    List<ActFault> all = List.of(ActFault.values());
    ActFault fault = world.mishap(0.35) ? world.dice.any(all) : ActFault.NONE;
    boolean overTheNet = fault.name().startsWith("CUT");
    return overTheNet && !server.remote ? ActFault.HANGS_DONE : fault;
  }

  /** What happens over there, whatever becomes of the connection. */
  private Duration begin(ActFault fault) {
    Duration takes = world.dice.in(0.1) ? world.dice.seconds(5, 25) : world.dice.seconds(0.2, 3);
    boolean done =
        switch (fault) {
          case NONE, HANGS_DONE, CUT_DONE -> true;
          case CUT_AND_HOST_GONE, CUT_AND_HOST_GONE_FOR_EVER -> world.dice.in(0.5);
          default -> false;
        };
    if (done && server.up() && !server.load.equals("masked")) {
      server.restart(takes, sequel());
      server.ownJobUntil = server.jobUntil;
    }
    if (fault.name().startsWith("HANGS") && world.dice.in(0.4)) {
      server.muteUntil = world.now().plus(world.dice.seconds(20, 400));
    }
    if (fault == ActFault.CUT_AND_HOST_GONE) {
      server.goneUntil = world.now().plus(world.dice.seconds(5, 900));
    } else if (fault == ActFault.CUT_AND_HOST_GONE_FOR_EVER) {
      server.goneUntil = Server.NEVER;
    }
    return takes;
  }

  private Sequel sequel() {
    return world.mishap(0.5) ? world.dice.any(List.of(Sequel.values())) : Sequel.CURED;
  }

  private CommandResult await(ActFault fault, Duration takes, Duration limit)
      throws InterruptedException {
    switch (fault) {
      case HANGS_DONE, HANGS_NOT_DONE -> {
        world.sleep(limit, true);
        return new TimedOut("");
      }
      case CUT_DONE, CUT_NOT_DONE, CUT_AND_HOST_GONE, CUT_AND_HOST_GONE_FOR_EVER -> {
        world.sleep(world.dice.seconds(0.1, 3), true);
        return new Cut("", "connection reset");
      }
      default -> {
        boolean late = takes.compareTo(limit) > 0;
        world.sleep(late ? limit : takes, true);
        return late
            ? new TimedOut("")
            : new Exited(fault == ActFault.EXITS_WITH_ERROR ? 1 : 0, "said so");
      }
    }
  }
}
