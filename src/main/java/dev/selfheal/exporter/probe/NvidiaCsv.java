package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Gpu;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the table of GPUs that {@code nvidia-smi --query-gpu=…} prints. */
public final class NvidiaCsv {

  /** Whether a display is initialized on the GPU, as on one that shows a desktop. */
  static final String DISPLAY = "display_active";

  private static final String NAME_AND_AFTER =
      "name,utilization.gpu,memory.used,memory.total,power.draw,temperature.gpu,pstate";

  /**
   * What to ask, in the order of the columns. The display stands before the name, because what
   * follows a name that holds commas cannot be told by its place.
   */
  public static final String COLUMNS = "index,uuid," + DISPLAY + "," + NAME_AND_AFTER;

  /** The same for drivers that know nothing of displays. Rows of either kind are read. */
  static final String OLD_COLUMNS = "index,uuid," + NAME_AND_AFTER;

  /** Columns after the name, which may hold commas: those are counted from the end. */
  private static final int AFTER_NAME = 6;

  private static final int BEFORE_NAME = 2;
  private static final Set<String> SHOWN = Set.of("enabled", "yes");
  private static final Set<String> NOT_SHOWN = Set.of("disabled", "no");
  private static final double MIB = 1 << 20;
  private static final double MOST_MIB = 1L << 40;
  private static final double MOST_WATTS = 100_000;
  private static final double MOST_DEGREES = 1_000;
  private static final String NO_DEVICES = "no devices were found";

  /** What nvidia-smi writes in place of a GPU that is gone, to either of its outputs. */
  private static final List<String> LOST =
      List.of(
          "unable to determine the device handle",
          "gpu is lost",
          "fallen off the bus",
          "gpu requires reset");

  private NvidiaCsv() {}

  /** What the text says. */
  public sealed interface Parsed {

    /**
     * There are GPUs, and no word of a broken one.
     *
     * @param gpus at least one; the indexes are unique
     * @param desktops the indexes of those on which a display is active, as far as is known
     */
    record Rows(List<Gpu> gpus, Set<String> desktops) implements Parsed {
      public Rows {
        gpus = List.copyOf(gpus);
        desktops = Set.copyOf(desktops);
      }

      /** Whether one that shows a desktop is busy, or may be: that may be the desktop's work. */
      boolean desktopBusy() {
        return GpuProbe.someBusy(
            gpus.stream().filter(gpu -> desktops.contains(gpu.index())).toList());
      }
    }

    /** A GPU is lost or answers with errors, whatever else the text holds. */
    record Broken(String why) implements Parsed {}

    /** The driver runs and finds no GPU. */
    record NoDevices() implements Parsed {}

    /** No row and no known error. */
    record Nothing(String said) implements Parsed {}
  }

  /**
   * Reads both outputs of the tool, one after the other or mixed by lines. What is neither a row
   * nor a known error, such as a warning, is passed over.
   */
  public static Parsed parse(String output) {
    List<Gpu> gpus = new ArrayList<>();
    Set<String> indexes = new HashSet<>();
    Set<String> desktops = new HashSet<>();
    boolean noDevices = false;
    for (String line : (Iterable<String>) output.lines()::iterator) {
      String[] fields = line.split(",", -1);
      if (saysLost(line) || (isRow(fields) && hasErrors(fields))) {
        return new Parsed.Broken(ToolText.line(line));
      }
      noDevices |= line.toLowerCase(Locale.ROOT).contains(NO_DEVICES);
      row(fields).filter(gpu -> indexes.add(gpu.index())).ifPresent(gpus::add);
      if (isRow(fields) && SHOWN.contains(display(fields))) {
        desktops.add(fields[0].strip());
      }
    }
    if (!gpus.isEmpty()) {
      return new Parsed.Rows(gpus, desktops);
    }
    return noDevices ? new Parsed.NoDevices() : new Parsed.Nothing(ToolText.line(output));
  }

  /** Being refused is not being lost. */
  private static boolean saysLost(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    return LOST.stream().anyMatch(text::contains) && !text.contains("permission");
  }

  private static boolean isRow(String[] fields) {
    return fields.length > BEFORE_NAME + AFTER_NAME
        && fields[0].strip().matches("[0-9]{1,5}")
        && !fields[1].isBlank();
  }

  /**
   * Utilisation and memory are the GPU's own counters, and an error there is the GPU's. An error
   * for power or temperature alone is a sensor that a laptop lacks.
   */
  private static boolean hasErrors(String[] fields) {
    for (int column = 0; column < 3; column++) {
      if (afterName(fields, column).toLowerCase(Locale.ROOT).contains("error")) {
        return true;
      }
    }
    return false;
  }

  /** Lower case; empty in a row without that column. What the driver does not say is in []. */
  private static String display(String[] fields) {
    String word = fields[BEFORE_NAME].strip().toLowerCase(Locale.ROOT);
    boolean another = fields.length > BEFORE_NAME + 1 + AFTER_NAME;
    boolean said = SHOWN.contains(word) || NOT_SHOWN.contains(word);
    return another && (said || word.startsWith("[")) ? word : "";
  }

  private static Optional<Gpu> row(String[] fields) {
    if (!isRow(fields)) {
      return Optional.empty();
    }
    int from = display(fields).isEmpty() ? BEFORE_NAME : BEFORE_NAME + 1;
    String name = String.join(",", List.of(fields).subList(from, fields.length - AFTER_NAME));
    return Optional.of(
        new Gpu(
            fields[0].strip(),
            ToolText.line(fields[1]),
            ToolText.line(name),
            ratio(afterName(fields, 0)),
            bytes(afterName(fields, 1)),
            bytes(afterName(fields, 2)),
            Decimal.of(afterName(fields, 3), MOST_WATTS),
            Decimal.of(afterName(fields, 4), MOST_DEGREES)));
  }

  private static String afterName(String[] fields, int column) {
    return fields[fields.length - AFTER_NAME + column];
  }

  private static @Nullable Double ratio(String percent) {
    Double value = Decimal.of(percent, 100);
    return value == null ? null : Double.valueOf(value / 100);
  }

  private static @Nullable Long bytes(String mib) {
    Double value = Decimal.of(mib, MOST_MIB);
    return value == null ? null : Long.valueOf(Math.round(value * MIB));
  }
}
