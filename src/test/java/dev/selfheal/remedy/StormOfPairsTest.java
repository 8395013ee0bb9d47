package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StormOfPairsTest {

  private static Pair pair(int number) {
    Instant heard = Instant.EPOCH;
    AlertKey key = new AlertKey("%016x".formatted(number), heard);
    return new Pair(key, Pair.Source.ALERTMANAGER, Pair.Status.FIRING, heard, heard, null);
  }

  /** The time of the square of their number would be minutes, with the ledger's lock held. */
  @Test
  @Timeout(20)
  void anAnswerAboutTensOfThousandsOfPairsTakesNoLongerThanTheirNumber() {
    List<Pair> asked = IntStream.range(0, 100_000).mapToObj(StormOfPairsTest::pair).toList();
    List<Pair> heard = IntStream.range(0, 100_000).mapToObj(StormOfPairsTest::pair).toList();
    Question question = new Question(Trigger.ALERT, Confirmation.OVER, asked);
    assertThat(question.isAbout(heard)).isTrue();
    assertThat(question.isAbout(List.of(pair(100_000)))).isFalse();
  }
}
