package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private final Lifecycle lifecycle = new Lifecycle();
  private final List<String> ended = new ArrayList<>();

  private void own(String name) {
    AutoCloseable unused = lifecycle.own(name, () -> ended.add(name));
  }

  @Test
  void endsWhatWasStartedInReverseOrderAndOnce() {
    own("ledger");
    own("HTTP");
    lifecycle.close();
    lifecycle.close();
    assertThat(ended).containsExactly("HTTP", "ledger");
  }

  @Test
  void endsEachPartWhateverBecameOfTheOthers() {
    own("ledger");
    AutoCloseable unused =
        lifecycle.own(
            "broken",
            () -> {
              throw new IllegalStateException("does not end well");
            });
    lifecycle.close();
    assertThat(ended).containsExactly("ledger");
  }

  @Test
  void interruptsTheWorkOfAnExecutorAndWaitsForItsEnd() throws InterruptedException {
    own("ledger");
    ExecutorService executor = lifecycle.ownExecutor("work", Executors.newCachedThreadPool());
    CountDownLatch begun = new CountDownLatch(1);
    executor.execute(
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            ended.add("work");
          }
        });
    begun.await();
    lifecycle.close();
    assertThat(ended).containsExactly("work", "ledger");
  }
}
