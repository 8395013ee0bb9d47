package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FollowingTest {
  private static final Duration WITHIN = Duration.ofMinutes(3);

  private final AtomicLong nanos = new AtomicLong();
  private final Timeline timeline = new Timeline(nanos::get, moment -> {});

  /** What one look does. */
  @FunctionalInterface
  private interface Look {
    void at(Timeline timeline) throws InterruptedException;
  }

  private record Eye(Look what) implements Watch {
    @Override
    public Set<Stage> stages() {
      return Set.of();
    }

    @Override
    public void look(Timeline timeline) throws InterruptedException {
      what.at(timeline);
    }

    @Override
    public String trouble() {
      return "";
    }

    @Override
    public String mend() {
      return "";
    }
  }

  private void follow(Look... looks) throws InterruptedException {
    List<Watch> watches = List.of(looks).stream().<Watch>map(Eye::new).toList();
    try (Following following = new Following(watches, time -> nanos.addAndGet(time.toNanos()))) {
      following.toTheEnd(timeline, WITHIN);
    }
  }

  @Test
  void aLinkThatHangsDelaysNoOther() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    follow(
        any -> never.await(),
        proof -> {
          if (nanos.get() > 0) {
            proof.reached(Stage.PROOF, "");
          }
        });
    assertThat(timeline.elapsed()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void withoutAProofItEndsWithItsTime() throws InterruptedException {
    follow(any -> {});
    assertThat(timeline.elapsed()).isEqualTo(WITHIN);
  }

  @Test
  void aFaultOfThisProgramIsNoBrokenLink() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                follow(
                    any -> {
                      throw new IllegalArgumentException("a fault");
                    }))
        .withMessage("a look broke off");
  }

  @Test
  void aFaultIsNoBrokenLinkEitherWhereAnotherLinkHangs() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                follow(
                    any -> never.await(),
                    any -> {
                      throw new IllegalArgumentException("a fault");
                    }))
        .withMessage("a look broke off");
  }
}
