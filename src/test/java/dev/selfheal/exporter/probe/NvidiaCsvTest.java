package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.probe.NvidiaCsv.Parsed;
import dev.selfheal.exporter.sample.Gpu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaCsvTest {
  private static final long MIB = 1 << 20;

  private static List<Gpu> rows(String text) {
    return ((Parsed.Rows) NvidiaCsv.parse(text)).gpus();
  }

  @Test
  void readsTheLineOfARealCard() {
    assertThat(rows(Recorded.text("nvidia-titan.txt")))
        .containsExactly(
            new Gpu(
                "0",
                "GPU-004f693d-9f1c-5d2e-8c1b-0242ac110002",
                "GeForce GTX TITAN X",
                0.25,
                802 * MIB,
                12206 * MIB,
                71.2,
                54.0));
  }

  @Test
  void takesWhatADriverDoesNotSayForUnknownAndNeverForZero() {
    List<Gpu> gpus = rows(Recorded.text("nvidia-odd.txt"));
    assertThat(gpus).extracting(Gpu::index).containsExactly("0", "1", "2", "3");
    assertThat(gpus).extracting(Gpu::utilization).containsExactly(null, 0.03, null, 0.0);
    assertThat(gpus).extracting(Gpu::memoryUsed).containsExactly(null, null, 17 * MIB, 5 * MIB);
    assertThat(gpus)
        .extracting(Gpu::memoryTotal)
        .containsExactly(40960 * MIB, null, 1998 * MIB, 6144 * MIB);
    assertThat(gpus).extracting(Gpu::power).containsExactly(61.33, null, null, null);
  }

  @Test
  void keepsTheCommasOfAName() {
    assertThat(rows(Recorded.text("nvidia-odd.txt")).get(2).name())
        .isEqualTo("Quadro, the old, one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0, GPU-1, NVIDIA L4, [Unknown Error], 10, 100, 3, 4, P0",
        "0, GPU-1, NVIDIA L4, 0, [Unknown Error], 100, 3, 4, P0",
        "0, GPU-1, NVIDIA L4, ERR!, ERROR, [GPU is lost], 3, 4, P0",
        "Unable to determine the device handle for GPU0000:65:00.0: Unknown Error",
        "Unable to determine the device handle for GPU 0000:02:00.0: GPU is lost.  Reboot the"
            + " system to recover this GPU",
        "0, GPU-1, NVIDIA L4, 0, 10, 100, 3, 4, P0\nUnable to determine the device handle for GPU1:"
            + " Not Found"
      })
  void seesThatAGpuIsLostWhereverItStands(String text) {
    assertThat(NvidiaCsv.parse(text)).isInstanceOf(Parsed.Broken.class);
  }

  @Test
  void doesNotTakeARefusalForALoss() {
    String text = "Unable to determine the device handle for GPU0: Insufficient Permissions";
    assertThat(NvidiaCsv.parse(text)).isEqualTo(new Parsed.Nothing(text));
  }

  @Test
  void tellsAHostWithoutDevicesFromAnUnknownError() {
    assertThat(NvidiaCsv.parse("No devices were found\n")).isEqualTo(new Parsed.NoDevices());
    assertThat(NvidiaCsv.parse("Failed to initialize NVML: Unknown Error\n"))
        .isEqualTo(new Parsed.Nothing("Failed to initialize NVML: Unknown Error"));
    assertThat(NvidiaCsv.parse(" \n")).isEqualTo(new Parsed.Nothing("no output"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "101", "1e1", "NaN", "0x10", "1.2.3", ".", "", "4294967295"})
  void takesNoNonsenseForAUtilisation(String value) {
    assertThat(rows("0, GPU-1, X, " + value + ", 1, 2, 3, 4, P0").get(0).utilization()).isNull();
  }

  @Test
  void keepsIndexesUnique() {
    String row = "0, GPU-1, X, 1, 1, 2, 3, 4, P0\n";
    assertThat(rows(row + row)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Enabled", "Disabled", "Yes", "[N/A]", "[Unknown Error]"})
  void tellsTheColumnOfDisplaysFromAName(String display) {
    String row = "0, GPU-1, " + display + ", Quadro, the old, one, 1, 1, 2, 3, 4, [N/A]";
    assertThat(rows(row)).extracting(Gpu::name).containsExactly("Quadro, the old, one");
  }
}
