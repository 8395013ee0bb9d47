package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.ledger.Heard.Disposition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HearingQueueTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch firstMayEnd = new CountDownLatch(1);
  private final List<List<String>> transactions = Collections.synchronizedList(new ArrayList<>());
  private final HearingQueue queue = new HearingQueue(this::transaction);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Writes what it is given, and answers with the length of each alert's name. */
  private List<Heard> transaction(List<News> news) {
    List<String> alerts = news.stream().map(n -> n.key().fingerprint()).toList();
    transactions.add(alerts);
    if (alerts.contains("first")) {
      awaitRelease();
    }
    if (alerts.contains("bad")) {
      throw new LedgerException.Refused("no such row", new IllegalArgumentException());
    }
    if (alerts.contains("full")) {
      throw new LedgerException("the disk is full");
    }
    if (alerts.contains("huge")) {
      throw new AssertionError("out of memory");
    }
    return alerts.stream().map(a -> new Heard(a.length(), Disposition.OPENED)).toList();
  }

  private void awaitRelease() {
    try {
      firstMayEnd.await();
    } catch (InterruptedException e) {
      throw new LedgerException("interrupted", e);
    }
  }

  private CompletableFuture<List<Long>> hear(String... alerts) {
    int before = queue.waiting();
    CompletableFuture<List<Long>> answer =
        CompletableFuture.supplyAsync(() -> heard(alerts), threads);
    await().until(() -> queue.waiting() > before);
    return answer;
  }

  private List<Long> heard(String... alerts) {
    List<News> news =
        List.of(alerts).stream().map(a -> LedgerContract.firing("target", a)).toList();
    return queue.hear(news).stream().map(Heard::incident).toList();
  }

  @Test
  void thoseWhoWaitForTheSameCommitShareTheNext() {
    CompletableFuture<List<Long>> first = hear("first");
    CompletableFuture<List<Long>> second = hear("a", "bb");
    CompletableFuture<List<Long>> third = hear("ccc");
    assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
    firstMayEnd.countDown();
    assertThat(first.join()).containsExactly(5L);
    assertThat(second.join()).containsExactly(1L, 2L);
    assertThat(third.join()).containsExactly(3L);
    assertThat(transactions).containsExactly(List.of("first"), List.of("a", "bb", "ccc"));
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void aFaultOfTheStoreIsEverybodysAndTheNextTryIsFree() {
    CompletableFuture<List<Long>> first = hear("first");
    CompletableFuture<List<Long>> second = hear("full");
    CompletableFuture<List<Long>> third = hear("ccc");
    firstMayEnd.countDown();
    first.join();
    for (CompletableFuture<?> failed : List.of(second, third)) {
      assertThatThrownBy(failed::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("the disk is full");
    }
    assertThat(transactions).hasSize(2);
    assertThat(heard("ccc")).containsExactly(3L);
  }

  @Test
  void whatOneCallerDidWrongCostsNobodyElseTheirNews() {
    CompletableFuture<List<Long>> first = hear("first");
    CompletableFuture<List<Long>> second = hear("a");
    CompletableFuture<List<Long>> bad = hear("bad");
    CompletableFuture<List<Long>> fourth = hear("dddd");
    firstMayEnd.countDown();
    first.join();
    assertThat(second.join()).containsExactly(1L);
    assertThat(fourth.join()).containsExactly(4L);
    assertThatThrownBy(bad::join).hasCauseInstanceOf(LedgerException.class);
  }

  @Test
  void anErrorInOneTurnLeavesNobodyWaiting() {
    HearingQueue broken =
        new HearingQueue(
            news -> {
              throw new AssertionError("out of memory");
            });
    List<News> news = List.of(LedgerContract.firing("target", "a"));
    assertThatThrownBy(() -> broken.hear(news)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> broken.hear(news)).isInstanceOf(AssertionError.class);
  }

  @Test
  void whatAnErrorBrokeOffIsNotTriedAgainWithTheNewsOfOthers() {
    CompletableFuture<List<Long>> first = hear("first");
    CompletableFuture<List<Long>> huge = hear("huge");
    firstMayEnd.countDown();
    first.join();
    assertThatThrownBy(huge::join).hasCauseInstanceOf(AssertionError.class);
    assertThat(heard("ccc")).containsExactly(3L);
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void manyNewsOfOneCallAreSplitAndOthersAreServedInBetween() {
    String[] many = IntStream.range(0, 2_500).mapToObj(i -> "m" + i).toArray(String[]::new);
    CompletableFuture<List<Long>> first = hear("first");
    CompletableFuture<List<Long>> second = hear(many);
    CompletableFuture<List<Long>> third = hear("a");
    firstMayEnd.countDown();
    CompletableFuture.allOf(first, second, third).join();
    assertThat(second.join())
        .as("in their order")
        .isEqualTo(Stream.of(many).map(alert -> (long) alert.length()).toList());
    assertThat(transactions).extracting(List::size).containsExactly(1, 1_001, 1_000, 500);
    assertThat(queue.waiting()).isZero();
  }

  @Test
  void aCallIsNotAnsweredIfALaterPartOfItFails() {
    List<String> many = new ArrayList<>(Collections.nCopies(1_000, "m"));
    many.add("full");
    many.addAll(Collections.nCopies(1_000, "n"));
    assertThatThrownBy(() -> heard(many.toArray(String[]::new)))
        .isInstanceOf(LedgerException.class)
        .hasMessage("the disk is full");
    assertThat(transactions).hasSize(2);
    assertThat(queue.waiting()).isZero();
  }
}
