package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Attribution.ByProcess;
import dev.selfheal.exporter.sample.Attribution.Nobody;
import dev.selfheal.exporter.sample.Attribution.SoleUser;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PmonOutputTest {

  @Test
  void givesAProcessOnSeveralGpusItsHighestShare() {
    assertThat(PmonOutput.parse(Recorded.text("pmon-old.txt")))
        .contains(new ByProcess(Map.of(1210L, 0.03, 27847L, 0.91), Set.of()));
  }

  @Test
  void knowsTheColumnsOfNewerDriversAndWhatIsNotMeasured() {
    assertThat(PmonOutput.parse(Recorded.text("pmon-new.txt")))
        .contains(new ByProcess(Map.of(1673L, 0.02, 27847L, 0.0, 30012L, 0.64), Set.of(27847L)));
  }

  @Test
  void findsTheShareByItsNameAndNotItsPlace() {
    assertThat(PmonOutput.parse(Recorded.text("pmon-memory-first.txt")))
        .contains(new ByProcess(Map.of(27847L, 0.88), Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Not supported on the device(s)\nFailed to process command line.\n",
        "    0      27847     C    91    44     0     0   python\n",
        "# gpu        pid  type    sm   mem   enc   dec   command\n    0  -  -  -  -  -  -  -\n"
      })
  void neverTakesSilenceForNobody(String text) {
    assertThat(PmonOutput.parse(text)).isEmpty();
  }

  @Test
  void namesTheSoleUserHoweverManyGpusItHas() {
    assertThat(ComputeApps.parse("27847\n27847\n")).isEqualTo(new SoleUser(27847));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1\n2\n", "27847\n[N/A]\n", "[Not Found]", "0\n", "99999999999999999999\n"})
  void namesNobodyWhereItIsNotSure(String text) {
    assertThat(ComputeApps.parse(text)).isEqualTo(new Nobody());
  }
}
