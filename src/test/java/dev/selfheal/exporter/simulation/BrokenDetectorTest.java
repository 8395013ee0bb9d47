package dev.selfheal.exporter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A detector that lacks one kind of evidence must fail where the sound one does not. */
class BrokenDetectorTest {

  @Test
  void theSoundDetectorIsRightInEachTrial() {
    assertThat(wrong(Exporter.Senses.SOUND)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void eachKindOfEvidenceIsNeeded(Breakage breakage) {
    List<String> wrong = wrong(breakage.senses());
    assertThat(wrong).as("without it all goes well: %s", breakage).isNotEmpty();
  }

  private static List<String> wrong(Exporter.Senses senses) {
    return Trial.ALL.stream().map(trial -> trial.wrong(senses)).filter(Objects::nonNull).toList();
  }
}
