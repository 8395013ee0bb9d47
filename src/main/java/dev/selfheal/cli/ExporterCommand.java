package dev.selfheal.cli;

import dev.selfheal.app.ExporterApp;
import dev.selfheal.app.ExporterApp.Outputs;
import dev.selfheal.app.RealTime;
import dev.selfheal.app.StartupException;
import dev.selfheal.app.Systemd;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.ExporterConfig;
import dev.selfheal.config.ExporterResult;
import dev.selfheal.exporter.Exporter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the textfile exporter until it is told to end. */
@Command(
    name = "exporter",
    description = "Watches one Ollama and writes what it finds for node_exporter; SIGTERM ends it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExporterCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Option(names = "--once", description = "Look once and end.")
  private boolean once;

  @Option(names = "--stdout", description = "Print instead of writing the textfile.")
  private boolean stdout;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Record what the host shows to a new file, compressed if it ends in .gz.")
  private @Nullable Path recording;

  ExporterCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    ExporterResult read =
        configuration.isAbsent()
            ? new ExporterResult.Found(ExporterConfig.DEFAULT)
            : ConfigLoader.exporter(configuration.file(), around.environment());
    if (read instanceof ExporterResult.Unusable unusable) {
      unusable.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return 2;
    }
    return run(((ExporterResult.Found) read).exporter());
  }

  private int run(ExporterConfig config) throws IOException {
    ExporterApp app;
    try {
      app =
          new ExporterApp(
              config, Version.read(), new Outputs(stdout ? printer() : null, recording));
    } catch (StartupException e) {
      throw CommandFailed.notDone(String.valueOf(e.getMessage()));
    }
    if (once) {
      boolean written = app.runOnce();
      app.stop();
      return written ? 0 : 1;
    }
    Signals.handle("TERM", app::stop);
    Signals.handle("INT", app::stop);
    app.run(Systemd.of(around.environment(), RealTime.ticker()));
    return 0;
  }

  private Exporter.Output printer() {
    PrintWriter out = spec.commandLine().getOut();
    return page -> {
      out.print(page);
      out.flush();
      if (out.checkError()) {
        throw new IOException("standard output cannot be written");
      }
    };
  }
}
