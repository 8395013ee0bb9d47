package dev.selfheal.cli;

import dev.selfheal.app.ThisHost;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.ExporterResult;
import dev.selfheal.config.LoadResult;
import dev.selfheal.config.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Checks a configuration file as the receiver would, or as the exporter would if the file holds
 * nothing else, and touches nothing.
 */
@Command(
    name = "check-config",
    description = "Tells every problem of a configuration file at once.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CheckConfigCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  CheckConfigCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (ConfigLoader.isForExporterAlone(config.file())) {
      return checkExporter();
    }
    LoadResult result = ConfigLoader.load(config.file(), around.environment(), ThisHost::names);
    if (result instanceof LoadResult.Rejected rejected) {
      return refuse(rejected.problems());
    }
    tell((LoadResult.Loaded) result);
    return 0;
  }

  private int checkExporter() {
    ExporterResult result = ConfigLoader.exporter(config.file(), around.environment());
    if (result instanceof ExporterResult.Unusable unusable) {
      return refuse(unusable.problems());
    }
    LoadResult host = // with the section verify, which the exporter does not read
        ConfigLoader.loadHost(config.file(), around.environment(), ThisHost::names);
    if (host instanceof LoadResult.Rejected rejected) {
      return refuse(rejected.problems());
    }
    spec.commandLine()
        .getOut()
        .println(
            config.file()
                + " is good for `selfheal exporter`; it names no targets, so `selfheal serve` would"
                + " refuse it");
    return 0;
  }

  private int refuse(List<Problem> problems) {
    problems.forEach(problem -> spec.commandLine().getErr().println(problem));
    return 2;
  }

  private void tell(LoadResult.Loaded good) {
    PrintWriter out = spec.commandLine().getOut();
    good.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(
        "%s is good: %s, %s"
            .formatted(
                config.file(),
                Words.count(good.config().targets().size(), "target"),
                Words.count(good.warnings().size(), "warning")));
  }
}
