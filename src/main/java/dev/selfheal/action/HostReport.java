package dev.selfheal.action;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host agent has said of its host, or why that is of no use. */
public sealed interface HostReport {
  /** The version of the text that is understood. */
  int VERSION = 1;

  /** Most rows of each kind that are kept, as many as the agent writes. */
  int MOST_PROCESSES = 64;

  int MOST_SOCKETS = 500;
  int MOST_GPU_LINES = 66;
  int MOST_JOURNAL_LINES = 224;

  /**
   * It could be read, at least in part: {@code complete} tells. Of a part that was cut off nothing
   * is taken that could be mistaken for the whole.
   *
   * @param clockOrNull null if it was cut off before its end
   * @param unit what {@code systemctl show} wrote, for {@link UnitState#parse}; without any
   *     property if systemctl failed, empty if it was cut off
   * @param processes the server first, then its descendants; whole rows only
   * @param page the exporter's
   * @param exporter of the exporter's unit, like {@code unit}; empty also of an older agent
   * @param gpu lines of nvidia-smi and what became of it, only of {@code evidence}
   * @param journal lines with a time in front, oldest first, only of {@code evidence}
   * @param complete whether the agent came to its end
   */
  record Seen(
      @Nullable HostClock clockOrNull,
      String unit,
      List<ProcessRow> processes,
      List<SocketRow> sockets,
      HostPage page,
      String exporter,
      List<String> gpu,
      List<String> journal,
      boolean complete)
      implements HostReport {

    /** Copies the lists. */
    public Seen {
      processes = List.copyOf(processes);
      sockets = List.copyOf(sockets);
      gpu = List.copyOf(gpu);
      journal = List.copyOf(journal);
    }

    /** How long ago a process was started, by the host's own clocks; empty if these do not tell. */
    public Optional<Duration> age(ProcessRow process) {
      return Optional.ofNullable(clockOrNull).flatMap(clock -> clock.since(process.startTicks()));
    }
  }

  /**
   * It is no report that is understood.
   *
   * @param why one line that says what to do
   */
  record Unreadable(String why) implements HostReport {}

  /**
   * Reads what the agent wrote, for {@code status} or {@code evidence}. Takes any text: lines
   * before the report, lines that are none of its own and a missing end are borne. What it returns
   * is bounded, whatever it is given.
   */
  static HostReport parse(String text) {
    return HostReportText.read(text);
  }
}
