package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sockets;

/**
 * The sources of a sample.
 *
 * @param sockets reads the sockets of these processes
 */
public record Probes(
    Source<Reading<Processes>> processes,
    SocketSource sockets,
    Source<Api> api,
    Source<Gpus> gpus,
    Source<Reading<LogEvents>> log) {

  /** Reads the sockets of processes, which have to be known first: their ports are looked for. */
  @FunctionalInterface
  public interface SocketSource {

    /** Reads them once; as {@link Source#read}. */
    Reading<Sockets> read(Reading<Processes> processes) throws Exception;
  }
}
