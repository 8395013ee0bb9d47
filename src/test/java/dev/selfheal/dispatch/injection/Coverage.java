package dev.selfheal.dispatch.injection;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How often what came up. */
final class Coverage {
  final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
  final Map<String, Integer> others = new TreeMap<>();

  void count(Result result) {
    outcomes.merge(result.outcome(), 1, Integer::sum);
    count(result.reason());
  }

  void count(Reason reason) {
    reasons.merge(reason, 1, Integer::sum);
  }

  void count(String what) {
    others.merge(what, 1, Integer::sum);
  }

  synchronized void add(Coverage more) {
    more.outcomes.forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum));
    more.reasons.forEach((reason, times) -> reasons.merge(reason, times, Integer::sum));
    more.others.forEach((what, times) -> others.merge(what, times, Integer::sum));
  }
}
