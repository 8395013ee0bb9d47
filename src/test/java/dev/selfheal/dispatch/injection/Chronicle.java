package dev.selfheal.dispatch.injection;

import dev.selfheal.dispatch.Managed;
import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has really been done to the fake hosts, held against the rules as it happens. */
final class Chronicle {
  private final World world;
  private final Coverage coverage;
  private final Orders orders;
  private final Map<Long, Result> ends = new HashMap<>();
  final List<Start> starts = new ArrayList<>();

  /** The configuration of the moment. */
  @Nullable Managed managed;

  /** The ledger's opinion, asked right before something is touched. */
  Predicate<Start> writtenDown = start -> false;

  Chronicle(World world, Coverage coverage, Orders orders) {
    this.world = world;
    this.coverage = coverage;
    this.orders = orders;
  }

  Optional<Start> running(String target) {
    return starts.stream().filter(s -> s.target.equals(target) && s.ended == null).findFirst();
  }

  /** An attempt is in the ledger. */
  void started(Start start) {
    world.step("attempt " + start.attempt + " of " + start.target + " is written down");
    new StartRules(world, managed(), starts).check(start, orders);
    starts.add(start);
  }

  Managed managed() {
    Managed now = managed;
    if (now == null) {
      throw new IllegalStateException("not configured yet");
    }
    return now;
  }

  /** A restart command is about to reach a host. */
  void commanded(Server server, Instant firstLook) {
    Optional<Start> running = running(server.name);
    if (running.isEmpty() || !writtenDown.test(running.get())) {
      world.wrong("a restart of " + server.name + " that is not in the ledger as started");
    }
    running.ifPresent(start -> touch(start));
    forbidden(server.name)
        .ifPresent(why -> world.wrong("a restart of " + server.name + ", but " + why));
    if (world.now().isBefore(server.ownJobUntil)) {
      world.wrong("two restarts of " + server.name + " at once");
    }
    boolean unfit = !server.up() || server.load.equals("masked");
    if (server.hasUnit && unfit && server.unitSince.isBefore(firstLook)) {
      world.wrong("a restart of " + server.name + ", which is " + server.load + server.active);
    }
  }

  /** What somebody has said since the attempt was written down. */
  private Optional<String> forbidden(String target) {
    if (orders.paused(target, world.clock.instant())) {
      return Optional.of("it is paused");
    }
    Optional<Mode> mode = managed().named(target).map(t -> managed().permission(t).mode());
    return mode.equals(Optional.of(Mode.ACT))
        ? Optional.empty()
        : Optional.of("its mode is " + mode);
  }

  private void touch(Start start) {
    if (start.touched != null) {
      world.wrong("two restarts in attempt " + start.attempt);
    }
    start.touched = world.now();
    start.known = false;
  }

  /** The receiver has seen how a host is, in a look that began then. */
  void seen(String target, Instant began) {
    starts.stream()
        .filter(s -> s.target.equals(target) && s.touched != null && !began.isBefore(s.touched))
        .forEach(s -> s.known = true);
  }

  /** The receiver has seen its command end. */
  void known(String target) {
    running(target).ifPresent(start -> start.known = true);
  }

  /** An attempt was settled. */
  void settled(long attempt, Result result) {
    world.step("attempt " + attempt + " is settled: " + result);
    coverage.count(result);
    if (ends.put(attempt, result) != null) {
      world.wrong("attempt " + attempt + " was settled twice");
    }
    boolean free = result.outcome() == Outcome.NOT_NEEDED || result.outcome() == Outcome.REFUSED;
    if (free && result.spends()) {
      world.wrong("attempt " + attempt + " spends though it was " + result.outcome());
    }
    starts.stream().filter(s -> s.attempt == attempt).forEach(start -> end(start, result));
  }

  private void end(Start start, Result result) {
    start.ended = world.now();
    start.result = result;
    if (!result.spends() && start.touched != null) {
      world.wrong("attempt " + start.attempt + " touched its host and spends nothing");
    }
    boolean certain =
        result.outcome() == Outcome.NOT_RECOVERED || result.outcome() == Outcome.RECOVERED;
    if (certain && start.touched == null) {
      world.wrong("attempt " + start.attempt + " touched nothing and is " + result.outcome());
    }
  }

  /** How an attempt ended, as first heard. */
  @Nullable Result endOf(long attempt) {
    return ends.get(attempt);
  }

  /** An operator has resumed; all, or one target. */
  void resumed(@Nullable String target) {
    starts.stream()
        .filter(start -> target == null || start.target.equals(target))
        .forEach(start -> start.forgiven = true);
  }

  /** Something was decided. */
  void decided(String target, Claim claim) {
    Reason reason = claim.decision().reason();
    coverage.count(reason);
    if (claim.decision() instanceof Decision.Restart restart && restart.mode() == Mode.OBSERVE) {
      coverage.count(Result.of(Outcome.OBSERVED, Reason.WOULD_RESTART));
    }
    if (claim.decision() instanceof Decision.Escalate && reason.latches()) {
      world.step(target + " is escalated: " + reason);
      orders.latch(claim.incident(), target);
    }
  }
}
