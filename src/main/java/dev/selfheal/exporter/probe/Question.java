package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked again and again, and never twice at once: one that has not been answered
 * yet stays under way from round to round.
 *
 * @param <B> its body as it comes
 * @param <T> what that says
 */
final class Question<B, T> {

  /** Makes sense of a body. */
  @FunctionalInterface
  interface Sense<B, T> {
    T of(B body) throws OddBodyException;
  }

  private final Supplier<CompletableFuture<Reply<B>>> asking;
  private final Sense<B, T> sense;
  private final LongSupplier ticker;
  private @Nullable CompletableFuture<Reply<B>> underWay;
  private long asked;
  private volatile long answered;
  private long silentSince;
  private boolean silent;

  /**
   * @param asking asks, and does not wait
   * @param ticker nanoseconds of a steady clock
   */
  Question(Supplier<CompletableFuture<Reply<B>>> asking, Sense<B, T> sense, LongSupplier ticker) {
    this.asking = asking;
    this.sense = sense;
    this.ticker = ticker;
  }

  /** Asks, unless an earlier question has not been answered yet. */
  void ask() {
    if (underWay != null && !underWay.isDone()) {
      return;
    }
    if (underWay != null) {
      note(underWay.join()); // It came between two rounds.
    }
    asked = ticker.getAsLong();
    if (!silent) {
      silentSince = asked;
    }
    underWay = asking.get().whenComplete((reply, failure) -> answered = ticker.getAsLong());
  }

  /** What has come of the question when the time is up; call {@link #ask} first. */
  Answer<T> answer(Duration patience) throws InterruptedException {
    CompletableFuture<Reply<B>> awaited = underWay;
    if (awaited == null) {
      return new Answer.NotAsked<>();
    }
    try {
      Reply<B> reply = awaited.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
      underWay = null;
      note(reply);
      return judge(reply);
    } catch (TimeoutException e) {
      silent = true;
      return quiet();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question always completes with a value", e);
    }
  }

  private void note(Reply<B> reply) {
    silent = reply instanceof Reply.Missing<B>;
  }

  private Answer<T> judge(Reply<B> reply) {
    if (reply instanceof Reply.Given<B> given) {
      return judge(given);
    } else if (reply instanceof Reply.Garbled<B> garbled) {
      return new Answer.Odd<>(garbled.why());
    } else if (reply instanceof Reply.Refused<B> refused) {
      return new Answer.Refused<>(refused.why());
    }
    return quiet();
  }

  private Answer<T> judge(Reply.Given<B> given) {
    if (given.status() != 200) {
      return new Answer.Odd<>("status " + given.status() + " instead of 200");
    }
    try {
      return new Answer.Good<>(sense.of(given.body()), Duration.ofNanos(answered - asked));
    } catch (OddBodyException e) {
      return new Answer.Odd<>(e.why());
    }
  }

  /** Counted from the first of the questions that got no answer, however many there were. */
  private Answer<T> quiet() {
    return new Answer.Silent<>(Duration.ofNanos(ticker.getAsLong() - silentSince));
  }
}
