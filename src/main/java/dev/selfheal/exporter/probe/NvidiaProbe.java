package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.probe.NvidiaCsv.Parsed;
import dev.selfheal.exporter.probe.Tool.Ran;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at NVIDIA's GPUs through {@code nvidia-smi}: one process a round while all are idle, and up
 * to two more for who keeps them busy.
 *
 * <p>It remembers which GPUs it has seen, because one that falls off the bus may just be missing
 * from the next list. For one thread at a time.
 */
public final class NvidiaProbe {
  static final Duration LIMIT = Duration.ofSeconds(5);
  static final List<String> LIST = list(NvidiaCsv.COLUMNS);

  /** For drivers that refuse to be asked for displays. */
  static final List<String> OLD_LIST = list(NvidiaCsv.OLD_COLUMNS);

  static final List<String> PMON = List.of("nvidia-smi", "pmon", "-c", "1", "-s", "u");
  static final List<String> APPS =
      List.of("nvidia-smi", "--query-compute-apps=pid", "--format=csv,noheader,nounits");

  private final Tool tool;
  private final Set<String> known = new LinkedHashSet<>();
  private boolean pmonWorks = true;
  private List<String> list = LIST;
  private @Nullable Gpus trouble;

  NvidiaProbe(Tool tool) {
    this.tool = tool;
  }

  /** Looks with the {@code nvidia-smi} that this runner finds. */
  public static NvidiaProbe with(ToolRunner tools) {
    return new NvidiaProbe(new RunnerTool(tools));
  }

  private static List<String> list(String columns) {
    return List.of("nvidia-smi", "--query-gpu=" + columns, "--format=csv,noheader,nounits");
  }

  /**
   * What they show now. Takes 15 s at most, when each of three processes all but hangs, and 5 s
   * more in the one round in which the driver refuses a column. After one that is late nothing more
   * is asked in this round, and while it cannot be killed, no other is started.
   */
  public Gpus read() throws InterruptedException {
    trouble = null;
    Gpus gpus = judge(table());
    return trouble == null ? gpus : trouble;
  }

  private Ran table() throws InterruptedException {
    Ran ran = ask(list);
    if (list.equals(LIST) && ran instanceof Ran.Exited exited && refusesDisplays(exited.text())) {
      list = OLD_LIST;
      return ask(list);
    }
    return ran;
  }

  private static boolean refusesDisplays(String text) {
    return text.contains("\"" + NvidiaCsv.DISPLAY + "\" is not a valid field");
  }

  private Ran ask(List<String> argv) throws InterruptedException {
    Ran ran = tool.run(argv, LIMIT);
    if (ran instanceof Ran.Late) {
      trouble =
          new Gpus.Unreadable(
              "nvidia-smi took longer than "
                  + LIMIT.toSeconds()
                  + " s: turn on persistence mode (nvidia-smi -pm 1), or see dmesg for NVRM");
    } else if (ran instanceof Ran.Unkillable) {
      trouble =
          new Gpus.Lost(
              "an nvidia-smi hangs in the kernel and cannot be killed: see dmesg for NVRM, then"
                  + " reset the GPU or reboot");
    }
    return ran;
  }

  private Gpus judge(Ran ran) throws InterruptedException {
    if (ran instanceof Ran.Exited exited) {
      return judge(exited.status(), exited.text());
    }
    if (known.isEmpty()) {
      return new Gpus.None();
    }
    String why = ran instanceof Ran.Absent absent ? absent.why() : "it is late";
    return new Gpus.Unreadable("nvidia-smi cannot be run any more: " + ToolText.line(why));
  }

  private Gpus judge(int status, String text) throws InterruptedException {
    Parsed parsed = NvidiaCsv.parse(text);
    if (parsed instanceof Parsed.Broken broken) {
      return new Gpus.Lost("nvidia-smi says: " + broken.why());
    }
    // 14: a damaged infoROM, which does not keep the GPU from working.
    if (parsed instanceof Parsed.Rows rows && (status == 0 || status == 14)) {
      return seen(rows);
    }
    String why = "nvidia-smi ended with status %d: %s".formatted(status, ToolText.line(text));
    if (parsed instanceof Parsed.NoDevices) {
      return withoutDriverOrDevice(why);
    }
    return switch (status) {
      case 15 -> new Gpus.Lost(why);
      case 9, 12 -> withoutDriverOrDevice(why); // no driver; no library of the driver
      case 13 -> known.isEmpty() ? new Gpus.Unreadable(why) : new Gpus.Lost(why);
      default -> new Gpus.Unreadable(why);
    };
  }

  private Gpus withoutDriverOrDevice(String why) {
    return known.isEmpty() ? new Gpus.None() : new Gpus.Lost(why + " (a GPU was seen before)");
  }

  private Gpus seen(Parsed.Rows rows) throws InterruptedException {
    List<Gpu> gpus = rows.gpus();
    Set<String> now = new LinkedHashSet<>();
    gpus.forEach(gpu -> now.add(gpu.uuid()));
    known.addAll(now);
    Optional<String> gone = known.stream().filter(each -> !now.contains(each)).findFirst();
    if (gone.isPresent()) {
      return new Gpus.Lost(
          gone.get()
              + " is missing from nvidia-smi's list: see dmesg for Xid; if it was taken out on"
              + " purpose, restart the exporter");
    }
    return new Gpus.Seen(gpus, GpuProbe.someBusy(gpus) ? users(rows) : new Attribution.Nobody());
  }

  private Attribution users(Parsed.Rows rows) throws InterruptedException {
    if (pmonWorks && ask(PMON) instanceof Ran.Exited pmon) {
      Optional<Attribution.ByProcess> shares = PmonOutput.parse(pmon.text());
      if (shares.isPresent()) {
        return shares.get();
      }
      // Asked again otherwise: a driver that says so will not learn it.
      pmonWorks = !pmon.text().toLowerCase(Locale.ROOT).contains("not supported");
    }
    if (rows.desktopBusy() || trouble != null) {
      return new Attribution.Nobody(); // A desktop is not in the list of what computes.
    }
    return ask(APPS) instanceof Ran.Exited apps && apps.status() == 0
        ? ComputeApps.parse(apps.text())
        : new Attribution.Nobody();
  }
}
