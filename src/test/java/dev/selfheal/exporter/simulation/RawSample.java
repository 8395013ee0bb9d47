package dev.selfheal.exporter.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the commands and files of a host say in one look, as text.
 *
 * @param wall the host's own time
 * @param processes the server first; null if they cannot be read
 * @param sockets both outputs of {@code ss}; null if it fails
 * @param shows the bodies of {@code /api/show} by model
 * @param gpu null where there is no nvidia-smi
 * @param log null where the journal cannot be read
 */
record RawSample(
    Instant wall,
    @Nullable List<ProcessText> processes,
    @Nullable String sockets,
    Body version,
    Body tags,
    Body ps,
    Map<String, String> shows,
    @Nullable Smi gpu,
    @Nullable List<String> log) {

  /** A line of {@code /proc/PID/stat}, and the command line. */
  record ProcessText(String commandLine, String stat) {}

  /**
   * An answer of the API.
   *
   * @param code of HTTP; 0 for no answer, below 0 for a refused connection
   */
  record Body(int code, String text) {
    static final Body SILENT = new Body(0, "");
    static final Body REFUSED = new Body(-1, "");
    static final Body NOT_ASKED = new Body(-2, "");
  }

  /** What nvidia-smi prints for the list of GPUs, for pmon, and for the list of processes. */
  record Smi(int status, String list, String pmon, String apps) {}
}
