package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of all bodies may be in memory at once. */
class BodyBudgetTest {

  private final BodyBudget budget = new BodyBudget(100_000);

  private static boolean take(BodyBudget.Share share, int bytes) {
    return share.take(BodyBudget.FREE_BYTES) && share.take(bytes);
  }

  @Test
  void largeBodiesFillItAndGiveItBack() {
    BodyBudget.Share first = budget.open();
    assertThat(take(first, 60_000)).isTrue();
    BodyBudget.Share second = budget.open();
    assertThat(take(second, 50_000)).isFalse();
    second.close();
    first.close();
    assertThat(budget.taken()).isZero();
    assertThat(take(budget.open(), 100_000)).isTrue();
  }

  @Test
  void smallBodiesFindRoomWhateverTheLargeOnesDo() {
    assertThat(take(budget.open(), 100_000)).isTrue();
    assertThat(budget.open().take(BodyBudget.FREE_BYTES)).isTrue();
    assertThat(budget.taken()).isEqualTo(100_000);
  }

  @Test
  void whatIsGivenBackTwiceIsGivenBackOnce() {
    BodyBudget.Share share = budget.open();
    assertThat(take(share, 10_000)).isTrue();
    share.close();
    share.close();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void theLargestBodyFindsRoomInAnyHeapAndFourInALargeOne() {
    assertThat(take(BodyBudget.ofHeap(48 << 20).open(), RequestBody.MOST_BYTES)).isTrue();
    assertThat(take(BodyBudget.ofHeap(256 << 20).open(), 64 << 20)).isTrue();
    assertThat(take(BodyBudget.ofHeap(Long.MAX_VALUE).open(), (64 << 20) + 1)).isFalse();
  }
}
