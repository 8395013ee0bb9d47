package dev.selfheal.app;

import dev.selfheal.metrics.ReceiverMetrics;
import dev.selfheal.webhook.Rooms;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What the HTTP routes need of the program around them. */
record House(ReceiverMetrics metrics, Supplier<List<String>> reloading, Path ledgerFile)
    implements Rooms.House {

  @Override
  public void writeMetrics(Writer writer) throws IOException {
    metrics.write(writer);
  }

  @Override
  public String metricsType() {
    return ReceiverMetrics.contentType();
  }

  @Override
  public void webhookAnswered(int code, Duration took) {
    metrics.webhook(code, took);
  }

  @Override
  public List<String> reload() {
    return reloading.get();
  }
}
