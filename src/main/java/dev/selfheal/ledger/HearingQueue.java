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
 * disk. Whoever gets the turn writes for all that wait; each returns only when all of its own news
 * are committed. A call with very many news takes several transactions, so that other writers get
 * theirs in between.
 */
final class HearingQueue {

  /** So many news end a transaction, which keeps it to about a tenth of a second. */
  private static final int FULL = 2_000;

  /** So many of one call's news at most go into a transaction, which leaves room for others. */
  private static final int PIECE = 1_000;

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
        List<Piece> batch = oldest();
        write(batch);
        batch.forEach(piece -> sendOn(piece.call()));
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

  /** Whoever has more to be written waits behind the others. */
  private void sendOn(Call call) {
    waiting.remove(call);
    if (!call.ended()) {
      waiting.add(call);
    }
  }

  private List<Piece> oldest() {
    List<Piece> batch = new ArrayList<>();
    int size = 0;
    for (Call call : waiting) {
      Piece next = call.next();
      size += next.news().size();
      if (!batch.isEmpty() && size > FULL) {
        break;
      }
      batch.add(next);
    }
    return batch;
  }

  private void write(List<Piece> batch) {
    try {
      List<News> all = batch.stream().flatMap(piece -> piece.news().stream()).toList();
      List<Heard> heard = transaction.apply(all);
      int from = 0;
      for (Piece piece : batch) {
        piece.call().heard.addAll(heard.subList(from, from += piece.news().size()));
      }
    } catch (LedgerException.Refused e) {
      refuse(batch, e);
    } catch (LedgerException e) {
      batch.forEach(piece -> piece.call().failure = e);
    }
  }

  /** What one caller did wrong must not cost the others their news: each is tried alone. */
  private void refuse(List<Piece> batch, LedgerException e) {
    if (batch.size() == 1) {
      batch.get(0).call().failure = e;
    } else {
      batch.forEach(piece -> write(List.of(piece)));
    }
  }

  /** What of a call's news goes into one transaction. */
  private record Piece(Call call, List<News> news) {}

  /** One caller's news, and what became of them; touched by whoever has the turn. */
  private static final class Call {

    private final List<News> news;
    private final List<Heard> heard = new ArrayList<>();
    private @Nullable LedgerException failure;

    Call(List<News> news) {
      this.news = news;
    }

    Piece next() {
      int from = heard.size();
      return new Piece(this, news.subList(from, Math.min(news.size(), from + PIECE)));
    }

    boolean ended() {
      return heard.size() == news.size() || failure != null;
    }

    List<Heard> result() {
      if (failure != null) {
        throw failure;
      }
      return List.copyOf(heard);
    }
  }
}
