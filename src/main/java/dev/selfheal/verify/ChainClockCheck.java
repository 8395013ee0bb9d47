package dev.selfheal.verify;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.NotApplicable;
import dev.selfheal.verify.CheckResult.Ok;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether receiver, Prometheus and Alertmanager agree with this machine about the time.
 *
 * @param addresses what is asked, by name; each answer bears the time
 */
record ChainClockCheck(Map<String, URI> addresses, Web web, Clock clock) implements Check {

  @Override
  public CheckName name() {
    return CheckName.CLOCK;
  }

  @Override
  public CheckResult run() throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    for (Map.Entry<String, URI> each : addresses.entrySet()) {
      String whose = "the clock of " + each.getKey();
      date(each.getValue())
          .ifPresent(at -> results.add(new Skew(whose, at, clock.instant()).judge()));
    }
    return judge(results);
  }

  static CheckResult judge(List<CheckResult> results) {
    if (results.isEmpty()) {
      return new NotApplicable("nobody tells the time");
    }
    return results.stream()
        .filter(Failed.class::isInstance)
        .findFirst()
        .orElseGet(
            () -> new Ok(String.join(", ", results.stream().map(CheckResult::seen).toList())));
  }

  /** Who does not answer is told of elsewhere. */
  private Optional<Instant> date(URI address) throws InterruptedException {
    try {
      return web.get(address, null).date();
    } catch (NoAnswerException e) {
      return Optional.empty();
    }
  }
}
