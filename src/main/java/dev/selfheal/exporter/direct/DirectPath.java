package dev.selfheal.exporter.direct;

import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.alertmanager.PayloadWriter;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a receiver of a freeze, repeats it while it lasts, and tells its end; each until the
 * receiver has taken it. Everything that may wait happens in a thread of its own: a round is never
 * held up. When it stops, nothing is said to be resolved.
 */
public final class DirectPath {
  /** By this name the receiver knows who speaks. */
  private static final String RECEIVER = "selfheal-exporter";

  private final DirectAlert alert;
  private final DirectLog log;
  private final Outbox outbox;
  private final Post post;
  private final Time time;
  private final PayloadWriter writer = new PayloadWriter();
  private @Nullable ScheduledFuture<?> next;
  private boolean quiet = true; // nothing is left to be repeated

  /**
   * When and where it works.
   *
   * @param thread a single one, where notifications are sent
   * @param ticker nanoseconds of a steady clock
   */
  public record Time(ScheduledExecutorService thread, LongSupplier ticker) {}

  /**
   * @param threads where answers are taken apart
   */
  public DirectPath(Webhook webhook, Time time, Executor threads) {
    this.alert = new DirectAlert(webhook.labels(), webhook.repeat());
    this.log = new DirectLog(webhook.url());
    this.outbox = new Outbox(webhook.repeat());
    this.post = new Post(webhook, threads, Post.LIMIT);
    this.time = time;
  }

  /**
   * Takes in a round, and returns at once. For one thread. A round that could not be judged is not
   * told here: it is no news.
   *
   * @param now of a clock that goes on evenly
   */
  public void judged(Sample sample, Verdict verdict, Instant now) {
    DirectAlert.News news = alert.observe(Sighting.of(sample, verdict), now);
    boolean nothing = news.firing() == null && news.ended() == null;
    if (nothing && quiet) {
      return; // The usual case: healthy, and known to be.
    }
    quiet = nothing;
    hand(news, now);
  }

  /** A round could not be judged: what was last seen may not be repeated for ever. */
  public void blind(Instant now) {
    if (!quiet) {
      quiet = true;
      hand(new DirectAlert.News(null, null), now);
    }
  }

  /** How many notifications there were, by what became of them. */
  public Map<String, Long> deliveries() {
    return log.deliveries();
  }

  private void hand(DirectAlert.News news, Instant now) {
    try {
      time.thread().execute(() -> take(news, now));
    } catch (RejectedExecutionException e) {
      // The exporter ends.
    }
  }

  private void take(DirectAlert.News news, Instant now) {
    outbox.take(news, time.ticker().getAsLong());
    work(now);
  }

  private void work(Instant now) {
    outbox.forget(time.ticker().getAsLong());
    if (!outbox.isEmpty() && outbox.untilDue(time.ticker().getAsLong()) <= 0) {
      send(now);
    }
    ScheduledFuture<?> before = next;
    if (before != null) {
      before.cancel(false);
    }
    next =
        outbox.isEmpty()
            ? null
            : time.thread()
                .schedule(
                    () -> work(now),
                    Math.max(1, outbox.untilDue(time.ticker().getAsLong())),
                    TimeUnit.NANOSECONDS);
  }

  private void send(Instant now) {
    List<Alert> alerts = outbox.content();
    try {
      Delivery delivery = post.send(writer.write(new Payload(RECEIVER, 0, alerts, 0), now));
      log.note(delivery, alerts);
      if (delivery instanceof Delivery.Failed) {
        outbox.failed(time.ticker().getAsLong());
      } else {
        outbox.delivered(alerts, time.ticker().getAsLong());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The exporter ends.
    }
  }
}
