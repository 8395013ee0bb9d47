package dev.selfheal.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers that hear news at the same moment share one transaction, and so one wait for the
 * disk. Whoever gets the turn writes for all that wait; each returns only when its own news are
 * committed.
 */
final class HearingQueue {

  /** So many news end a transaction, which keeps it to about a tenth of a second. */
  private static final int FULL = 2_000;

  private final Function<List<News>, List<Heard>> transaction;
  private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  /** A queue in front of something that writes all it is given, or nothing. */
  HearingQueue(Function<List<News>, List<Heard>> transaction) {
    this.transaction = transaction;
  }

  /** Returns what became of these news, in their order, once it is written. */
  List<Heard> hear(List<News> news) {
    Call call = new Call(news);
    waiting.add(call);
    turn.lock();
    try {
      while (!call.ended()) {
        List<Call> batch = oldest();
        write(batch);
        batch.forEach(waiting::remove);
      }
      return call.result();
    } finally {
      waiting.remove(call); // After an Error it is still there, and would fail whoever comes next.
      turn.unlock();
    }
  }

  /** How many calls wait for their commit. */
  int waiting() {
    return waiting.size();
  }

  private List<Call> oldest() {
    List<Call> batch = new ArrayList<>();
    int size = 0;
    for (Call call : waiting) {
      size += call.news.size();
      if (!batch.isEmpty() && size > FULL) {
        break;
      }
      batch.add(call);
    }
    return batch;
  }

  private void write(List<Call> batch) {
    try {
      List<News> all = batch.stream().flatMap(call -> call.news.stream()).toList();
      List<Heard> heard = transaction.apply(all);
      int from = 0;
      for (Call call : batch) {
        call.heard = List.copyOf(heard.subList(from, from += call.news.size()));
      }
    } catch (LedgerException.Refused e) {
      refuse(batch, e);
    } catch (LedgerException e) {
      batch.forEach(call -> call.failure = e);
    }
  }

  /** What one caller did wrong must not cost the others their news: each is tried alone. */
  private void refuse(List<Call> batch, LedgerException e) {
    if (batch.size() == 1) {
      batch.get(0).failure = e;
    } else {
      batch.forEach(call -> write(List.of(call)));
    }
  }

  /** One caller's news, and what became of them; touched by whoever has the turn. */
  private static final class Call {

    private final List<News> news;
    private @Nullable List<Heard> heard;
    private @Nullable LedgerException failure;

    Call(List<News> news) {
      this.news = news;
    }

    boolean ended() {
      return heard != null || failure != null;
    }

    List<Heard> result() {
      if (heard != null) {
        return heard;
      }
      throw failure == null ? new IllegalStateException("the news were not written") : failure;
    }
  }
}
