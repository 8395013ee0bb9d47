package dev.selfheal.exporter.probe;

import static dev.selfheal.exporter.probe.NvidiaProbe.APPS;
import static dev.selfheal.exporter.probe.NvidiaProbe.LIST;
import static dev.selfheal.exporter.probe.NvidiaProbe.PMON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.probe.Tool.Ran;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaProbeTest {
  private static final String ROW = "%d, GPU-%d, NVIDIA L4, %s, 100, 200, 3.5, 40, P8\n";

  private final FakeTool tool = new FakeTool();
  private final NvidiaProbe probe = new NvidiaProbe(tool);

  private static String row(int index, String utilization) {
    return ROW.formatted(index, index, utilization);
  }

  private static String screen(int index, String display, String utilization) {
    return row(index, utilization).replace(" NVIDIA", " " + display + ", NVIDIA");
  }

  private static Attribution attribution(Gpus gpus) {
    return ((Gpus.Seen) gpus).attribution();
  }

  private void hasSeenOne() throws InterruptedException {
    tool.answers(LIST, 0, row(0, "0"));
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
  }

  @Test
  void startsOneProcessWhileAllAreIdle() throws InterruptedException {
    tool.answers(LIST, 0, row(0, "0") + row(1, "4"));
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.Nobody());
    assertThat(tool.asked).containsExactly(LIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "100", "[N/A]"})
  void asksWhoseWorkItIsWhenOneIsBusyOrMayBe(String utilization) throws InterruptedException {
    tool.answers(LIST, 0, row(0, "0") + row(1, utilization));
    tool.answers(PMON, 0, Recorded.text("pmon-old.txt"));
    assertThat(attribution(probe.read())).isInstanceOf(Attribution.ByProcess.class);
    assertThat(tool.asked).containsExactly(LIST, PMON);
  }

  @Test
  void asksForTheSoleUserWherePmonIsNotSupportedAndPmonNeverAgain() throws InterruptedException {
    tool.answers(LIST, 0, row(0, "90"));
    tool.answers(PMON, 3, "Not supported on the device(s)\n");
    tool.answers(APPS, 0, "27847\n");
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.SoleUser(27847));
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.SoleUser(27847));
    assertThat(tool.asked).containsExactly(LIST, PMON, APPS, LIST, APPS);
  }

  @Test
  void namesNobodyWhenNeitherToolCanTell() throws InterruptedException {
    tool.answers(LIST, 0, row(0, "90"));
    tool.answers(PMON, 255, "").answers(APPS, 255, "27847\n");
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.Nobody());
  }

  @Test
  void aHostWithoutTheToolHasNoGpu() throws InterruptedException {
    assertThat(probe.read()).isEqualTo(new Gpus.None());
  }

  @ParameterizedTest
  @CsvSource({"9", "12"})
  void aHostThatNeverHadADriverHasNoGpu(int status) throws InterruptedException {
    tool.answers(LIST, status, "NVIDIA-SMI has failed\n");
    assertThat(probe.read()).isEqualTo(new Gpus.None());
  }

  @ParameterizedTest
  @CsvSource({"13", "18", "255", "2", "6", "137"})
  void anyOtherErrorIsUnreadable(int status) throws InterruptedException {
    tool.answers(LIST, status, "Failed to initialize NVML: Unknown Error\n");
    assertThat(probe.read())
        .isEqualTo(
            new Gpus.Unreadable(
                "nvidia-smi ended with status "
                    + status
                    + ": Failed to initialize NVML: Unknown Error"));
  }

  @ParameterizedTest
  @CsvSource({"9", "12", "13"})
  void aDriverThatWasThereAndIsNotAnyMoreIsALoss(int status) throws InterruptedException {
    hasSeenOne();
    tool.answers(LIST, status, "NVIDIA-SMI has failed\n");
    assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
  }

  @Test
  void aToolThatWasThereAndIsNotAnyMoreSaysNothingOfTheGpu() throws InterruptedException {
    hasSeenOne();
    tool.becomes(LIST, new Ran.Absent("gone"));
    assertThat(probe.read())
        .isEqualTo(new Gpus.Unreadable("nvidia-smi cannot be run any more: gone"));
  }

  @Test
  void status15IsALossWhateverTheTextSays() throws InterruptedException {
    tool.answers(LIST, 15, "\n");
    assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
  }

  @Test
  void noDevicesAreALossOnlyAfterOneWasSeen() throws InterruptedException {
    tool.answers(LIST, 6, "No devices were found\n");
    assertThat(probe.read()).isEqualTo(new Gpus.None());
    hasSeenOne();
    tool.answers(LIST, 6, "No devices were found\n");
    assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
  }

  @Test
  void aGpuThatVanishesFromTheListIsLostUntilItIsBack() throws InterruptedException {
    tool.answers(LIST, 0, row(0, "0") + row(1, "0"));
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
    tool.answers(LIST, 0, row(1, "0"));
    assertThat(((Gpus.Lost) probe.read()).why()).startsWith("GPU-0 is missing");
    tool.answers(LIST, 0, row(0, "0") + row(1, "0"));
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
  }

  @Test
  void aDamagedInfoRomIsNoReasonNotToReadTheCard() throws InterruptedException {
    tool.answers(LIST, 14, Recorded.text("nvidia-titan.txt").replace(" 25,", " 0,"));
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Enabled", "Yes"})
  void namesNobodyForACardThatIsBusyAndShowsADesktop(String display) throws InterruptedException {
    tool.answers(LIST, 0, screen(0, display, "90") + screen(1, "Disabled", "0"));
    tool.answers(PMON, 3, "Not supported on the device(s)\n").answers(APPS, 0, "27847\n");
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.Nobody());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Disabled", "No", "[N/A]", "[Not Supported]"})
  void namesTheSoleUserWhereTheBusyCardShowsNoDesktop(String display) throws InterruptedException {
    tool.answers(LIST, 0, screen(0, display, "90") + screen(1, "Enabled", "4"));
    tool.answers(PMON, 3, "Not supported on the device(s)\n").answers(APPS, 0, "27847\n");
    assertThat(attribution(probe.read())).isEqualTo(new Attribution.SoleUser(27847));
  }

  @Test
  void believesPmonAlsoWhereADesktopIsShown() throws InterruptedException {
    tool.answers(LIST, 0, screen(0, "Enabled", "90"));
    tool.answers(PMON, 0, Recorded.text("pmon-old.txt"));
    assertThat(attribution(probe.read())).isInstanceOf(Attribution.ByProcess.class);
  }

  @Test
  void asksADriverThatDoesNotKnowOfDisplaysWithoutThemFromThenOn() throws InterruptedException {
    List<String> without = LIST.stream().map(word -> word.replace("display_active,", "")).toList();
    tool.answers(LIST, 2, "Field \"display_active\" is not a valid field to query.\n\n");
    tool.answers(without, 0, row(0, "0"));
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
    assertThat(tool.asked).containsExactly(LIST, without, without);
  }
}
