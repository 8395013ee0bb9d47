package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at AMD's GPUs through sysfs. Starts no process. Reading a file of a GPU that hangs may hang
 * as well, so the caller keeps a limit. For one thread at a time.
 */
public final class AmdProbe {
  private final Path cards;
  private final Path computing;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param sysfs where sysfs is mounted: {@code /sys}
   */
  public AmdProbe(Path sysfs) {
    this.cards = sysfs.resolve("class/drm");
    this.computing = sysfs.resolve("class/kfd/kfd/proc");
  }

  /** What they show now; none if there is no card with the files of amdgpu. */
  public Gpus read() {
    try {
      return seen(cards());
    } catch (IOException e) {
      return new Gpus.Unreadable(
          "%s cannot be read: %s".formatted(cards, ToolText.line(String.valueOf(e.getMessage()))));
    }
  }

  private Gpus seen(List<AmdCard> found) {
    List<Gpu> gpus = found.stream().map(AmdCard::gpu).toList();
    List<String> now = gpus.stream().map(Gpu::index).toList();
    known.addAll(now);
    Optional<String> gone = known.stream().filter(each -> !now.contains(each)).findFirst();
    if (gone.isPresent()) {
      return new Gpus.Lost(
          gone.get()
              + " is gone from "
              + cards
              + ": see dmesg for amdgpu; if it was taken out on purpose, restart the exporter");
    }
    if (gpus.isEmpty()) {
      return new Gpus.None();
    }
    return new Gpus.Seen(
        gpus, GpuProbe.someBusy(gpus) ? user(found, gpus) : new Attribution.Nobody());
  }

  private List<AmdCard> cards() throws IOException {
    return names(cards).stream()
        .filter(name -> name.matches("card[0-9]{1,4}")) // not card0-DP-1, a plug of it
        .sorted()
        .map(name -> new AmdCard(name, cards.resolve(name).resolve("device")))
        .filter(AmdCard::exists)
        .toList();
  }

  /**
   * The driver has a folder for each process that computes, named after its pid. A desktop has
   * none, so it may be what keeps a card with a screen busy.
   */
  private Attribution user(List<AmdCard> found, List<Gpu> gpus) {
    if (found.stream().anyMatch(card -> mayBeDesktop(card, gpus))) {
      return new Attribution.Nobody();
    }
    try {
      List<String> pids = names(computing).stream().filter(PmonOutput::isPid).toList();
      return pids.size() == 1
          ? new Attribution.SoleUser(Long.parseLong(pids.get(0)))
          : new Attribution.Nobody();
    } catch (IOException e) {
      return new Attribution.Nobody();
    }
  }

  private static boolean mayBeDesktop(AmdCard card, List<Gpu> gpus) {
    List<Gpu> it =
        GpuProbe.withoutScreens(gpus, gpus).stream()
            .filter(gpu -> gpu.index().equals(card.name()))
            .toList();
    return GpuProbe.someBusy(it) && card.hasScreen();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
