package dev.selfheal.webhook;

import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.dispatch.Overview;
import dev.selfheal.ledger.Ledger;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the routes lead to.
 *
 * @param managed the configuration of the moment
 */
public record Rooms(
    Dispatch dispatch, Overview overview, Ledger ledger, Supplier<Managed> managed, Clock clock) {

  /** What the routes need of the program around them. */
  public interface House {

    /** Writes the metrics in Prometheus' text format. */
    void writeMetrics(Writer writer) throws IOException;

    /** The media type of the metrics. */
    String metricsType();

    /** Is told of each webhook request that was answered. */
    void webhookAnswered(int code, Duration took);

    /**
     * Reads the configuration again; returns every problem, and changes nothing if there is one.
     */
    List<String> reload();

    /** Where the ledger is, which is nobody's business but the operator's. */
    Path ledgerFile();
  }
}
