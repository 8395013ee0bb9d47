package dev.selfheal.action;

import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.time.Instant;

/** Rows of a host agent's report, and of a server's list, in tests. */
final class Rows {
  static final int RUNNER_PORT = 40_001;
  static final int API_PORT = 11_434;

  /** The host has been up for 10,000 s, at 100 ticks a second. */
  private static final long UPTIME_TICKS = 1_000_000;

  private Rows() {}

  /** The section of processes: a server and its runner. */
  static String processes(String... rows) {
    return "[processes]\n" + String.join("", rows);
  }

  static String serve(long pid, char state, Duration age) {
    long start = UPTIME_TICKS - age.toMillis() / 10;
    return "%d 1 %c 100 %d 5000 %d serve\n".formatted(pid, state, start, API_PORT);
  }

  static String runner(long pid, long parent, char state, long cpuTicks) {
    return "%d %d %c %d %d 9000 %d runner\n"
        .formatted(pid, parent, state, cpuTicks, 900_000 + pid, RUNNER_PORT);
  }

  /** The section of sockets. */
  static String sockets(String... rows) {
    return "[sockets]\n" + String.join("", rows);
  }

  /** A connection to the runner, as it counts its bytes. */
  static String call(int peer, long sent, long received) {
    return "ESTAB 0 0 %d %d %d %d\n".formatted(RUNNER_PORT, peer, sent, received);
  }

  /** The section of the exporter's page, written at a moment. */
  static String page(Instant written, String... lines) {
    long now = written.getEpochSecond();
    return "[page]\n|selfheal_exporter_last_run_timestamp_seconds %d\n".formatted(now)
        + "|selfheal_exporter_start_time_seconds %d\n".formatted(now - 900)
        + "|selfheal_exporter_interval_seconds 5\n|ollama_up 1\n"
        + String.join("", lines);
  }

  static String stalled(String reason, double seconds) {
    return "|ollama_frozen_duration_seconds %s\n|ollama_frozen_threshold_seconds 45\n"
            .formatted(seconds)
        + "|ollama_frozen_reason{reason=\"%s\"} 1\n".formatted(reason);
  }

  static PsModel model(String name, long size, long onGpu) {
    return new PsModel(name, "", FakeMachine.START.plus(Duration.ofMinutes(5)), size, onGpu, 4096);
  }
}
