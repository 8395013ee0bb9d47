package dev.selfheal.dispatch;

import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.action.Sighting;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A restarter that touches nothing: it remembers what it was told, and reports what it is told. */
final class FakeRestarter implements Restarter {
  static final Result RECOVERED = Result.of(Outcome.RECOVERED, Reason.PROVEN);
  static final Result NOT_RECOVERED = Result.of(Outcome.NOT_RECOVERED, Reason.API_SILENT);

  final List<Target> restarted = new CopyOnWriteArrayList<>();
  final List<String> unitsRead = new CopyOnWriteArrayList<>();
  Function<Target, Report> next = target -> new Report(RECOVERED, "as the test says");
  final List<Order> orders = new CopyOnWriteArrayList<>();
  Function<Target, Sighting> unit = target -> new Sighting(true, target.name() + " active/running");

  void reports(Result result) {
    next = target -> new Report(result, "as the test says");
  }

  @Override
  public Report restart(Order order) {
    orders.add(order);
    Optional<Reason> objection = order.lastWord().objection();
    if (objection.isPresent()) {
      return new Report(Result.heldBack(objection.get()), "held back");
    }
    restarted.add(order.target());
    return next.apply(order.target());
  }

  @Override
  public Sighting look(Target target) {
    unitsRead.add(target.name());
    return unit.apply(target);
  }
}
