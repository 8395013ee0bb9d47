package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one sample says about one runner.
 *
 * @param connections on its port
 * @param gpu its use of the GPU
 * @param resident whether its model is on the GPU; null if that cannot be known
 * @param expiry of its model; null if it is not known which model it runs
 * @param shared what is only known of the whole host
 */
record RunnerView(
    RunnerProcess process,
    List<Connection> connections,
    GpuUse gpu,
    @Nullable Boolean resident,
    @Nullable ExpiryWatch expiry,
    Shared shared) {

  /**
   * What is only known of the whole host.
   *
   * @param events of the log, if they can only be this runner's; else none
   * @param lines whether the log shows this runner's progress
   * @param counted whether connections carry their traffic
   * @param flows whether bytes went over the loopback of its container
   * @param clientStopped whether a client of the API has stopped reading its stream
   */
  record Shared(
      List<LogEvent> events, boolean lines, boolean counted, boolean flows, boolean clientStopped) {
    Shared {
      events = List.copyOf(events);
    }
  }
}
