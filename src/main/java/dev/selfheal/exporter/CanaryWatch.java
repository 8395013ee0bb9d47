package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Sends canaries to suspected runners, and collects what comes of them; never waits. */
final class CanaryWatch {
  private final Canary canary;
  private final LongSupplier ticker;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<RunnerId, Long> tried = new HashMap<>();

  private record Sent(RunnerId runner, CompletableFuture<CanaryResult> result) {}

  /** What came of a canary. */
  record Outcome(RunnerId runner, CanaryResult result) {}

  CanaryWatch(Canary canary, LongSupplier ticker) {
    this.canary = canary;
    this.ticker = ticker;
  }

  /** What has come since the last call. */
  List<Outcome> collect() {
    List<Outcome> outcomes = new ArrayList<>();
    sent.removeIf(
        each -> {
          boolean done = each.result().isDone();
          if (done) {
            outcomes.add(new Outcome(each.runner(), each.result().join()));
          }
          return done;
        });
    return outcomes;
  }

  /** Sends one to the first suspect that was not tried of late, if one may be sent now. */
  void follow(Sample sample, List<RunnerId> suspects) {
    tried.keySet().retainAll(suspects);
    for (RunnerId suspect : suspects) {
      if (canary.isFree() && isDue(suspect)) {
        tried.put(suspect, ticker.getAsLong());
        sent.add(new Sent(suspect, canary.ask(sample, suspect.pid())));
      }
    }
  }

  private boolean isDue(RunnerId suspect) {
    Long last = tried.get(suspect);
    return last == null || ticker.getAsLong() - last >= Canary.PAUSE.toNanos();
  }
}
