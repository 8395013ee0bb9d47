package dev.selfheal.exporter;

import dev.selfheal.exporter.CanaryResult.Answered;
import dev.selfheal.exporter.CanaryResult.NoAnswer;
import dev.selfheal.exporter.CanaryResult.NotPossible;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.ollama.OneToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a suspected runner for one token, seldom, in a way that changes nothing: on the model that
 * it runs, with the options that it has, and for the time that the model would have stayed anyway.
 *
 * <p>A success proves life. Not safe for use by several threads at once.
 */
public final class Canary {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final Duration PAUSE = Duration.ofMinutes(2);

  private final OllamaSession session;
  private final LongSupplier ticker;
  private final Duration limit;
  private @Nullable Long last;
  private @Nullable CompletableFuture<CanaryResult> underWay;

  /**
   * @param ticker nanoseconds of a steady clock
   */
  public Canary(OllamaSession session, LongSupplier ticker) {
    this(session, ticker, LIMIT);
  }

  Canary(OllamaSession session, LongSupplier ticker, Duration limit) {
    this.session = session;
    this.ticker = ticker;
    this.limit = limit;
  }

  /** Whether one may be sent now: none is under way, and the last is two minutes old. */
  public boolean isFree() {
    boolean idle = underWay == null || underWay.isDone();
    return idle && (last == null || ticker.getAsLong() - last >= PAUSE.toNanos());
  }

  /**
   * Asks a runner, and does not wait. The future always completes with a value.
   *
   * @param runner its pid
   * @throws IllegalStateException if it is not free
   */
  public CompletableFuture<CanaryResult> ask(Sample sample, long runner) {
    if (!isFree()) {
      throw new IllegalStateException("at most one canary in two minutes");
    }
    CanaryModel model = CanaryModel.of(sample, runner);
    if (model instanceof CanaryModel.Ask ask) {
      last = ticker.getAsLong();
      underWay = generate(ask);
      return underWay;
    }
    return CompletableFuture.completedFuture(new NotPossible(((CanaryModel.None) model).why()));
  }

  private CompletableFuture<CanaryResult> generate(CanaryModel.Ask ask) {
    long began = ticker.getAsLong();
    return new OneToken(ask.name(), ask.contextLength(), ask.keepAlive())
        .ask(session, limit, ticker)
        .thenApply(result -> judge(result, began));
  }

  private CanaryResult judge(OneToken.Result result, long began) {
    Duration took = Duration.ofNanos(ticker.getAsLong() - began);
    if (result instanceof OneToken.Result.Computed) {
      return new Answered(took);
    } else if (result instanceof OneToken.Result.Declined declined) {
      return new NotPossible(declined.why());
    } else if (result instanceof OneToken.Result.Empty empty) {
      return new NotPossible(empty.why());
    }
    String why = ((OneToken.Result.Missing) result).why();
    return took.compareTo(limit) < 0 ? new NotPossible(why) : new NoAnswer(why);
  }
}
