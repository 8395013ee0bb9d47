package dev.selfheal.cli;

import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks a configuration file as the receiver would, and touches nothing. */
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
    LoadResult result = ConfigLoader.load(config.file(), around.environment());
    if (result instanceof LoadResult.Rejected rejected) {
      rejected.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return 2;
    }
    tell((LoadResult.Loaded) result);
    return 0;
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
