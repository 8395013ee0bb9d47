package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmdProbeTest {
  @TempDir Path sysfs;
  private AmdProbe probe;

  @BeforeEach
  void start() {
    probe = new AmdProbe(sysfs);
  }

  private void file(String name, String text) throws IOException {
    Path file = sysfs.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private void card(String name, int busy) throws IOException {
    String device = "class/drm/" + name + "/device/";
    file(device + "vendor", "0x1002");
    file(device + "device", "0x744c");
    file(device + "gpu_busy_percent", String.valueOf(busy));
    file(device + "mem_info_vram_used", "26783744");
    file(device + "mem_info_vram_total", "25753026560");
  }

  @Test
  void aHostWithoutCardsHasNoGpu() {
    assertThat(probe.read()).isEqualTo(new Gpus.None());
  }

  @Test
  void readsAllThatTheDriverHasOfACard() throws IOException {
    card("card1", 3);
    file("class/drm/card1/device/unique_id", "d8f0a9c1e2b34567");
    file("class/drm/card1/device/product_name", "Radeon Pro W7900");
    file("class/drm/card1/device/hwmon/hwmon4/temp1_input", "41000");
    file("class/drm/card1/device/hwmon/hwmon4/power1_average", "23500000");
    file("class/drm/card1-DP-1/status", "connected");
    assertThat(probe.read())
        .isEqualTo(
            new Gpus.Seen(
                List.of(
                    new Gpu(
                        "card1",
                        "d8f0a9c1e2b34567",
                        "Radeon Pro W7900",
                        0.03,
                        26783744L,
                        25753026560L,
                        23.5,
                        41.0)),
                new Attribution.Nobody()));
  }

  @Test
  void leavesUnknownWhatTheDriverDoesNotHave() throws IOException {
    file("class/drm/card0/device/gpu_busy_percent", "nonsense");
    file("class/drm/card0/device/device", "0x73df");
    assertThat(((Gpus.Seen) probe.read()).gpus())
        .containsExactly(new Gpu("card0", "card0", "AMD 0x73df", null, null, null, null, null));
  }

  @Test
  void takesThePowerOfNewerKernels() throws IOException {
    card("card0", 0);
    file("class/drm/card0/device/hwmon/hwmon1/power1_input", "9000000");
    assertThat(((Gpus.Seen) probe.read()).gpus()).extracting(Gpu::power).containsExactly(9.0);
  }

  @Test
  void passesOverTheCardsOfOtherMakers() throws IOException {
    file("class/drm/card0/device/vendor", "0x10de");
    file("class/drm/card1/device/vendor", "0x8086");
    file("class/drm/card1/device/gpu_busy_percent", "5");
    assertThat(probe.read()).isEqualTo(new Gpus.None());
  }

  @Test
  void aCardThatVanishesIsLost() throws IOException {
    card("card0", 0);
    assertThat(probe.read()).isInstanceOf(Gpus.Seen.class);
    Files.move(sysfs.resolve("class/drm/card0"), sysfs.resolve("class/gone"));
    assertThat(probe.read()).isInstanceOf(Gpus.Lost.class);
  }

  @Test
  void namesTheOneProcessThatComputes() throws IOException {
    card("card0", 80);
    file("class/kfd/kfd/proc/27847/vram_1", "1");
    assertThat(((Gpus.Seen) probe.read()).attribution()).isEqualTo(new Attribution.SoleUser(27847));
    file("class/kfd/kfd/proc/30012/vram_1", "1");
    assertThat(((Gpus.Seen) probe.read()).attribution()).isEqualTo(new Attribution.Nobody());
  }

  @Test
  void namesNobodyForACardThatIsBusyAndHasAScreen() throws IOException {
    card("card0", 80);
    card("card10", 0);
    file("class/kfd/kfd/proc/27847/vram_1", "1");
    file("class/drm/card0-DP-1/status", "disconnected");
    file("class/drm/card10-DP-2/status", "connected");
    assertThat(user()).isEqualTo(new Attribution.SoleUser(27847));
    file("class/drm/card0-HDMI-A-1/status", "connected");
    assertThat(user()).isEqualTo(new Attribution.Nobody());
  }

  @Test
  void theScreenOfTheProcessorsOwnGraphicsHidesNobody() throws IOException {
    card("card0", 80);
    card("card1", 60);
    file("class/drm/card1/device/mem_info_vram_total", "536870912");
    file("class/drm/card1-DP-1/status", "connected");
    file("class/kfd/kfd/proc/27847/vram_1", "1");
    assertThat(user()).isEqualTo(new Attribution.SoleUser(27847));
  }

  private Attribution user() {
    return ((Gpus.Seen) probe.read()).attribution();
  }
}
