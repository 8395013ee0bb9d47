package dev.selfheal.app;

import dev.selfheal.config.ExporterConfig;
import dev.selfheal.config.Secrets;
import dev.selfheal.exporter.Canary;
import dev.selfheal.exporter.Exporter;
import dev.selfheal.exporter.direct.DirectPath;
import dev.selfheal.exporter.direct.Webhook;
import dev.selfheal.ollama.OllamaSession;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** What the exporter does about what it sees, as it is configured. */
final class ExporterReactions {

  private ExporterReactions() {}

  static Exporter.Reactions of(
      ExporterConfig.Reactions config, OllamaSession session, Executor threads) {
    ExporterConfig.Webhook webhook = config.webhook();
    return new Exporter.Reactions(
        config.canary() ? new Canary(session, System::nanoTime) : null,
        webhook == null ? null : direct(webhook, threads));
  }

  private static DirectPath direct(ExporterConfig.Webhook config, Executor threads) {
    Path file = config.tokenFile();
    Webhook webhook =
        new Webhook(
            config.url(),
            file == null ? null : () -> Secrets.read(file).reveal(),
            config.repeat(),
            config.labels());
    DirectPath.Time time = new DirectPath.Time(Threads.direct(), System::nanoTime);
    return new DirectPath(webhook, time, threads);
  }
}
