package dev.selfheal.cli;

import dev.selfheal.app.DeploymentSettings;
import dev.selfheal.app.ThisHost;
import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.config.TargetConfig;
import dev.selfheal.verify.Deployment;
import dev.selfheal.verify.Senses;
import dev.selfheal.verify.Verifier;
import dev.selfheal.verify.VerifyMetrics;
import dev.selfheal.verify.VerifyReport;
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

/** Proves that each link of the deployed chain runs. */
@Command(
    name = "verify",
    description = "Proves that each link of the deployed chain runs; restarts nothing.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @Option(names = "--json", description = "Print the checks as one JSON object.")
  private boolean json;

  @Option(
      names = "--textfile",
      paramLabel = "FILE",
      description = "Write the metrics for node_exporter to FILE, which ends in .prom.")
  private @Nullable Path textfile;

  VerifyCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (textfile != null && !textfile.toString().endsWith(".prom")) {
      throw CommandFailed.badInput(
          "--textfile must end in .prom: node_exporter reads no other files");
    }
    LoadResult read = read();
    if (read instanceof LoadResult.Rejected rejected) {
      rejected.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return 2;
    }
    return verify(((LoadResult.Loaded) read).config());
  }

  private int verify(Config config) throws IOException, InterruptedException {
    if (config.listen().port() == 0) {
      throw CommandFailed.badInput("listen has port 0, which can be any: give the receiver a port");
    }
    VerifyReport report = verifier(config).run();
    PrintWriter out = spec.commandLine().getOut();
    VerifyPage page = new VerifyPage(report, around.colours());
    (json ? page.json() : page.lines()).forEach(out::println);
    write(report, config);
    return report.good() ? 0 : 1;
  }

  private Verifier verifier(Config config) throws IOException {
    Deployment deployment = DeploymentSettings.of(config, Version.read());
    Senses senses = DeploymentSettings.senses();
    return healedFromElsewhere()
        ? Verifier.ofHost(deployment, senses)
        : new Verifier(deployment, senses);
  }

  private boolean healedFromElsewhere() {
    return !configuration.isAbsent() && ConfigLoader.isForExporterAlone(configuration.file());
  }

  private void write(VerifyReport report, Config config) {
    if (textfile == null) {
      return;
    }
    try {
      new VerifyMetrics(textfile)
          .write(report, config.targets().stream().map(TargetConfig::name).toList());
    } catch (IOException e) {
      throw CommandFailed.notDone(
          "the metrics cannot be written: %s: %s; may this user write into that folder?"
              .formatted(textfile, e.getClass().getSimpleName()));
    }
  }

  private LoadResult read() {
    if (configuration.isAbsent()) {
      Config config = ConfigLoader.defaults(ThisHost.names());
      return new LoadResult.Loaded(config, ConfigLoader.warnings(config));
    }
    return healedFromElsewhere()
        ? ConfigLoader.loadHost(configuration.file(), around.environment(), ThisHost::names)
        : ConfigLoader.loadAlone(configuration.file(), around.environment(), ThisHost::names);
  }
}
