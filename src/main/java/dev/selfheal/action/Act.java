package dev.selfheal.action;

import dev.selfheal.action.CommandResult.Cut;
import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.CommandResult.TimedOut;
import dev.selfheal.child.Plain;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The act of an attempt: systemd's counter is cleared, and the server restarted, or what its ladder
 * has instead is done, once.
 */
final class Act {
  private static final Duration RESET_LIMIT = Duration.ofSeconds(10);
  private static final int MAX_LINE = 300;

  private final Host host;
  private final Order order;
  private final Clock clock;
  private final Account account;

  Act(Host host, Order order, Clock clock, Account account) {
    this.host = host;
    this.order = order;
    this.clock = clock;
    this.account = account;
  }

  /** Clears systemd's counter, if the act counts towards it. */
  void prepare() throws InterruptedException {
    boolean throughSystemd = host.throughSystemd() || order.action() == Action.KILL;
    if (throughSystemd && !timeLeft().isZero()) {
      account.add("reset-failed: " + brief(host.resetFailed(shorter(RESET_LIMIT, timeLeft()))));
    }
  }

  /** Does it, and writes down what came of it. Not begun when the time for it is over. */
  CommandResult run() throws InterruptedException {
    Duration limit = timeLeft();
    if (limit.isZero()) {
      account.add("the time for the act was over before it began");
      return new NotStarted("no time was left");
    }
    account.add("command: " + host.line(order.action()));
    Instant began = clock.instant();
    CommandResult result = host.act(order.action(), limit);
    account.add(words(result, secondsSince(began, clock)));
    return result;
  }

  /** Where recovery may take only seconds, the deadline comes first. */
  private Duration timeLeft() {
    Duration used = Duration.between(order.startedAt(), clock.instant());
    Duration limit = order.target().attemptLimit().minus(Target.DEADLINE_MARGIN);
    Duration most = shorter(Target.ACT_LIMIT, limit);
    Duration left = used.isNegative() ? most : most.minus(used);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** A length of time for people: {@code 4.1 s}. */
  static String secondsSince(Instant began, Clock clock) {
    long millis = Duration.between(began, clock.instant()).toMillis();
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private String brief(CommandResult result) {
    return result instanceof Exited exited && exited.status() == 0
        ? "done"
        : Plain.line(words(result, "a moment"), MAX_LINE);
  }

  private String words(CommandResult result, String took) {
    if (result instanceof NotStarted never) {
      return "it could not be started: " + never.why();
    } else if (result instanceof Exited exited) {
      return "it ended with status " + exited.status() + " after " + took + below(exited.output());
    } else if (result instanceof Cut cut) {
      return "the connection was lost after " + took + ": " + cut.why() + below(cut.output());
    }
    String output = ((TimedOut) result).output();
    return host.remote()
        ? "it was given up after "
            + took
            + ", when its time was over, and may go on over there"
            + below(output)
        : "it was stopped after " + took + ", when its time was over" + below(output);
  }

  private static String below(String output) {
    return output.isEmpty() ? "" : ", and wrote:\n" + output;
  }
}
