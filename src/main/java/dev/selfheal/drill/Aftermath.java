package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.Host;
import dev.selfheal.action.Hosts;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Ends a freeze, and sees to it that the server computes. */
final class Aftermath {
  private static final Duration THAW = Duration.ofSeconds(15);

  /** Ollama loads its model anew after a restart; what is not over by then is told. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

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

  /** Lets the server's processes go on, over a way of its own; says what became of it. */
  String letGo() throws InterruptedException {
    try (Host host = hosts.visit(target)) {
      CommandResult result = host.thaw(THAW);
      return result instanceof CommandResult.Exited exited && exited.status() == 0
          ? "the freeze is over"
          : "the timer on its host ends the freeze, because this program could not ("
              + Words.of(result)
              + ")";
    }
  }

  /** Waits until a model gives a token. */
  boolean answers(String model) throws InterruptedException {
    long began = time.ticker().getAsLong();
    try (Host host = hosts.visit(target)) {
      while (true) {
        Duration left = ANSWER.minusNanos(time.ticker().getAsLong() - began);
        if (left.isNegative() || left.isZero()) {
          return false;
        }
        if (asked(host, model, left)) {
          return true;
        }
        time.pauser().pause(PAUSE);
      }
    }
  }

  private static boolean asked(Host host, String model, Duration left) throws InterruptedException {
    host.server().version(API); // which opens the way to a server of another host
    try {
      OneToken.Result result = host.server().ask(new OneToken(model, 0, 0), left).get();
      return result instanceof OneToken.Result.Computed;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a value", e);
    }
  }
}
