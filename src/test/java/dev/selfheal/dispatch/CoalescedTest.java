package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ManualExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescedTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final AtomicInteger runs = new AtomicInteger();
  private Runnable meanwhile = () -> {};
  private final Coalesced work = new Coalesced(executor, this::run);

  private void run() {
    runs.incrementAndGet();
    meanwhile.run();
  }

  private void drain() {
    boolean more = true;
    while (more) {
      more = executor.runNext();
    }
  }

  @Test
  void runsOnceHoweverOftenItIsAskedFor() {
    work.soon();
    work.soon();
    work.soon();
    assertThat(executor.waiting()).isEqualTo(1);
    drain();
    assertThat(runs).hasValue(1);
  }

  @Test
  void runsOnceMoreForWhatIsAskedWhileItRuns() {
    meanwhile =
        () -> {
          meanwhile = () -> {};
          work.soon();
          work.soon();
          assertThat(executor.waiting()).isZero();
        };
    work.soon();
    drain();
    assertThat(runs).hasValue(2);
  }

  @Test
  void runsAgainAfterItBrokeOff() {
    meanwhile =
        () -> {
          throw new IllegalStateException("a fault of a test");
        };
    work.soon();
    drain();
    work.soon();
    drain();
    assertThat(runs).hasValue(2);
  }

  @Test
  void endsQuietlyWithItsThreads() {
    executor.shutdown();
    work.soon();
    assertThat(runs).hasValue(0);
  }
}
