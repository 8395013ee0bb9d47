package dev.selfheal.dispatch.injection;

import dev.selfheal.dispatch.Managed;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import java.time.Instant;
import java.util.List;

/** What must hold whenever an attempt is started. */
final class StartRules {
  private final World world;
  private final Managed managed;
  private final List<Start> starts;
  private final PolicyLimits limits;
  private final Instant now;

  /**
   * @param starts those before it
   */
  StartRules(World world, Managed managed, List<Start> starts) {
    this.world = world;
    this.managed = managed;
    this.starts = starts;
    this.limits = managed.policy().limits();
    this.now = world.now();
  }

  void check(Start start, Orders orders) {
    unless(!orders.paused(start.target, world.clock.instant()), "it is paused", start);
    unless(!orders.latched(start.incident), "it is escalated", start);
    check(start);
  }

  private void check(Start start) {
    List<Start> others = starts.stream().filter(s -> !s.target.equals(start.target)).toList();
    List<Start> own = starts.stream().filter(s -> s.target.equals(start.target)).toList();
    unless(managed.named(start.target).isPresent(), "it was removed", start);
    unless(
        managed.named(start.target).map(managed::permission).stream()
            .anyMatch(permission -> permission.mode() == Mode.ACT),
        "nothing may be touched in this mode",
        start);
    unless(own.stream().allMatch(s -> s.ended != null), "another attempt runs", start);
    unless(own.stream().allMatch(s -> s.known), "nobody knows what the last one did", start);
    unless(own.stream().allMatch(this::cool), "the cooldown has not ended", start);
    for (Budget budget : limits.budgets()) {
      unless(spent(own, budget) < budget.max(), "the budget " + budget + " is full", start);
    }
    unless(failures(own, start.incident) < 3, "three have failed already", start);
    long running = starts.stream().filter(s -> s.ended == null).count();
    unless(running < limits.fleet().maxConcurrent(), "the fleet is busy", start);
    unless(
        lately(others) < limits.fleet().distinct(managed.targets().size()),
        "too many targets were restarted",
        start);
  }

  private void unless(boolean right, String what, Start start) {
    if (!right) {
      world.wrong("attempt " + start.attempt + " of " + start.target + ", but " + what);
    }
  }

  /** A clock that was set forward since may end anything too early. */
  private boolean cool(Start start) {
    Instant ended = start.ended;
    return ended == null
        || world.clock.hurriedSince(ended)
        || !ended.plus(limits.cooldown()).isAfter(now.plusMillis(1));
  }

  private long spent(List<Start> own, Budget budget) {
    return own.stream()
        .filter(s -> s.spends() && s.within(now.plusMillis(1), budget.per()))
        .filter(s -> !world.clock.hurriedSince(s.at))
        .count();
  }

  private long lately(List<Start> others) {
    return others.stream()
        .filter(s -> s.spends() && s.within(now.plusMillis(1), limits.fleet().per()))
        .filter(s -> !world.clock.hurriedSince(s.at))
        .map(s -> s.target)
        .distinct()
        .count();
  }

  /** The newest ones of the incident that failed, up to one that did not. */
  private static long failures(List<Start> own, long incident) {
    long failed = 0;
    for (Start start : own) {
      if (start.incident == incident && !start.forgiven) {
        failed = start.failed() ? failed + 1 : 0;
      }
    }
    return failed;
  }
}
