package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.HostKind.Card;
import org.jspecify.annotations.Nullable;

/** What nvidia-smi prints on a host. */
final class Screen {
  private static final String PMON_HEAD =
      """
      # gpu         pid   type     sm    mem    enc    dec    jpg    ofa    command\s
      # Idx           #    C/G      %      %      %      %      %      %    name\s
      """;
  private static final RawSample.Smi FAILED =
      new RawSample.Smi(
          255, "Failed to initialize NVML: Driver/library version mismatch\n", "", "");
  private static final long DESKTOP_PID = 777;

  private final Host host;

  Screen(Host host) {
    this.host = host;
  }

  /** What it prints now; null where there is none. */
  RawSample.@Nullable Smi print() {
    if (host.kind.card() == Card.NONE) {
      return null;
    }
    if (host.chance.in(0.002)) {
      return FAILED;
    }
    StringBuilder pmon = new StringBuilder(PMON_HEAD);
    StringBuilder apps = new StringBuilder();
    double sum = desktop(pmon);
    long used = host.kind.desktop() ? 410 : 3;
    Ollama ollama = host.ollama;
    if (ollama != null) {
      for (Runner runner : ollama.runners) {
        if (runner.model.vram() > 0 && runner.mode != Runner.Mode.ZOMBIE) {
          sum += row(runner, pmon, apps);
          used += (long) (runner.model.megabytesOnGpu() * runner.loaded);
        }
      }
    }
    return new RawSample.Smi(0, list(sum, used), shares(pmon), apps.toString());
  }

  private double desktop(StringBuilder pmon) {
    if (!host.kind.desktop()) {
      return 0;
    }
    double share = host.desktop * host.chance.share(0.7, 1);
    line(pmon, DESKTOP_PID, "G", Math.round(share * 100), "Xorg");
    return share;
  }

  private double row(Runner runner, StringBuilder pmon, StringBuilder apps) {
    double share = runner.gpu(host.chance);
    line(pmon, runner.pid, "C", Math.round(share * 100), "ollama");
    apps.append(runner.pid).append('\n');
    return share;
  }

  private void line(StringBuilder pmon, long pid, String type, long percent, String name) {
    boolean dash = percent == 0 && host.kind.card() == Card.PMON_DASHES;
    pmon.append("    0      ").append(pid).append("     ").append(type).append("      ");
    pmon.append(dash ? "-" : Long.toString(percent));
    pmon.append("      0      -      -      -      -    ").append(name).append("   \n");
  }

  private String shares(StringBuilder pmon) {
    return host.kind.card() == Card.APPS
        ? "Not supported on the device(s)\nFailed to process command line.\n"
        : pmon.toString();
  }

  private String list(double sum, long used) {
    Card card = host.kind.card();
    long noise = host.chance.in(0.1) ? host.chance.between(0, 3) : 0;
    boolean silent = card == Card.SILENT || host.chance.in(0.004);
    String percent =
        silent
            ? "[N/A]"
            : card == Card.ALWAYS_FULL
                ? "100"
                : Long.toString(Math.min(100, Math.round(sum * 100) + noise));
    return "0, GPU-004f693d-4a8c-11ef-9e7c-0123456789ab, "
        + (host.kind.desktop() ? "Enabled" : "Disabled")
        + ", NVIDIA GeForce RTX 3090, "
        + percent
        + ", "
        + used
        + ", 24576, 71.20, 54, P2\n";
  }
}
