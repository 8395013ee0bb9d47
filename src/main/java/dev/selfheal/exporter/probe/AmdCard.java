package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.selfheal.exporter.sample.Gpu;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that the kernel's amdgpu driver has for one card. A file that is missing or cannot be
 * read, as most can't while the card sleeps, is an unknown value.
 *
 * @param name the kernel's name of it, such as {@code card0}
 * @param device its folder
 */
record AmdCard(String name, Path device) {
  private static final int LONGEST = 256;
  private static final double MOST_BYTES = 1L << 60;
  private static final double MOST = 1e9;
  private static final String AMD = "0x1002";

  /** Whether it is one of AMD's, driven by amdgpu. */
  boolean exists() {
    boolean amdgpu =
        Files.exists(device.resolve("gpu_busy_percent"))
            || Files.exists(device.resolve("mem_info_vram_total"));
    return amdgpu && text("vendor").orElse(AMD).equals(AMD);
  }

  /** Whether a screen is plugged in: then it may be busy with a desktop. */
  boolean hasScreen() {
    Path cards = device.resolve("../..").normalize();
    try (DirectoryStream<Path> plugs = Files.newDirectoryStream(cards, name + "-*")) {
      for (Path plug : plugs) {
        if (text(plug.resolve("status")).orElse("").equals("connected")) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  Gpu gpu() {
    return new Gpu(
        name,
        ToolText.line(text("unique_id").orElse(name)),
        ToolText.line(text("product_name").orElseGet(this::deviceName)),
        scaled(number("gpu_busy_percent", 100), 100),
        whole(number("mem_info_vram_used", MOST_BYTES)),
        whole(number("mem_info_vram_total", MOST_BYTES)),
        power(),
        scaled(sensor("temp1_input"), 1000)); // millidegrees
  }

  private String deviceName() {
    return text("device").map(id -> "AMD " + id).orElse("AMD");
  }

  /** Microwatts; newer kernels have only the second. */
  private @Nullable Double power() {
    Double average = sensor("power1_average");
    return scaled(average != null ? average : sensor("power1_input"), 1e6);
  }

  private @Nullable Double sensor(String file) {
    Path folder = device.resolve("hwmon");
    try (DirectoryStream<Path> sensors = Files.newDirectoryStream(folder, "hwmon*")) {
      for (Path each : sensors) {
        Double value = number("hwmon/" + each.getFileName() + "/" + file, MOST);
        if (value != null) {
          return value;
        }
      }
      return null;
    } catch (IOException | DirectoryIteratorException e) {
      return null;
    }
  }

  private @Nullable Double number(String file, double most) {
    return text(file).map(text -> Decimal.of(text, most)).orElse(null);
  }

  private Optional<String> text(String file) {
    return text(device.resolve(file));
  }

  private static Optional<String> text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), ISO_8859_1).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Double scaled(@Nullable Double value, double by) {
    return value == null ? null : Double.valueOf(value / by);
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : Long.valueOf(Math.round(value));
  }
}
