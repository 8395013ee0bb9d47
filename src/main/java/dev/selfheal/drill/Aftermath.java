package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Host;
import dev.selfheal.action.Hosts;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Ends a freeze, and sees to it that the server computes. */
final class Aftermath {
  private static final Duration THAW = Duration.ofSeconds(15);

  /** For a model that is still in memory, behind what others have asked for. */
  private static final Duration IN_MEMORY = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration API = Duration.ofSeconds(5);

  private final Hosts hosts;
  private final Target target;
  private final DrillTools.Time time;

  Aftermath(Hosts hosts, Target target, DrillTools.Time time) {
    this.hosts = hosts;
    this.target = target;
    this.time = time;
  }

  /**
   * Lets the server's processes go on; says what became of it. A signal that ends this program may
   * have met the first try, too, so there is a second one.
   */
  String letGo() throws InterruptedException {
    CommandResult result = thaw();
    if (!good(result)) {
      result = thaw();
    }
    return good(result)
        ? "the freeze is over"
        : "the timer on its host ends the freeze, because this program could not ("
            + Words.of(result)
            + ")";
  }

  /** Over a way of its own. */
  private CommandResult thaw() throws InterruptedException {
    try (Host host = hosts.visit(target)) {
      return host.thaw(THAW);
    }
  }

  private static boolean good(CommandResult result) {
    return result instanceof CommandResult.Exited exited && exited.status() == 0;
  }

  /**
   * Waits until a model gives a token.
   *
   * @param restarted whether the server was, so that it loads the model anew
   */
  boolean answers(PsModel model, boolean restarted) throws InterruptedException {
    Duration limit = restarted ? Drill.LOADING : IN_MEMORY;
    long began = time.ticker().getAsLong();
    while (true) {
      Duration left = limit.minusNanos(time.ticker().getAsLong() - began);
      if (left.isNegative() || left.isZero()) {
        return false;
      }
      if (asked(model, left)) {
        return true;
      }
      time.pauser().pause(PAUSE);
    }
  }

  /** A visit of its own each time: the way there may have been lost. */
  private boolean asked(PsModel model, Duration left) throws InterruptedException {
    try (Host host = hosts.visit(target)) {
      host.server().version(API); // which opens the way to a server of another host
      OneToken question = new OneToken(model.name(), model.contextLength(), 0);
      return host.server().ask(question, left).get() instanceof OneToken.Result.Computed;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a value", e);
    }
  }
}
