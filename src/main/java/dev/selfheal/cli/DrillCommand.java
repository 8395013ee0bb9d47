package dev.selfheal.cli;

import dev.selfheal.app.DrillSettings;
import dev.selfheal.app.ThisHost;
import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.drill.Drill;
import dev.selfheal.drill.DrillPlan;
import dev.selfheal.drill.DrillReport;
import dev.selfheal.drill.DrillTools;
import dev.selfheal.drill.Turn;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a freeze heals, by freezing a target on purpose. */
@Command(
    name = "drill",
    description =
        "Freezes a target's Ollama on purpose, watches the chain heal it, and judges. A timer on"
            + " the host ends the freeze in any case.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DrillCommand implements Callable<Integer> {
  private final Surroundings around;
  private final AtomicInteger signalled = new AtomicInteger();

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption configuration;

  @ArgGroup(multiplicity = "1")
  private Choice choice;

  @Mixin private DrillOptions options;

  @Option(names = "--json", description = "Print the timeline and the verdict as one JSON object.")
  private boolean json;

  /** Which target. */
  static final class Choice {
    @Parameters(paramLabel = "TARGET", description = "The target's name in the configuration.")
    private @Nullable String target;

    @Option(
        names = "--next",
        description =
            "The target whose last drill is longest ago, and that nothing stands in the way of.")
    private boolean next;
  }

  DrillCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    options.check();
    LoadResult read = read();
    if (read instanceof LoadResult.Rejected rejected) {
      rejected.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
      return 2;
    }
    Config config = ((LoadResult.Loaded) read).config();
    String path = around.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    DrillTools tools = DrillSettings.tools(config, path, Version.read());
    try {
      List<Target> targets = targets(config, tools);
      endOnSignals();
      return drill(tools, targets);
    } catch (InterruptedException e) {
      return ended();
    }
  }

  /** The first of them that nothing stands in the way of; else it would hold up the others. */
  private int drill(DrillTools tools, List<Target> targets)
      throws IOException, InterruptedException {
    for (Target target : targets) {
      Optional<Integer> code = drill(tools, options.plan(target));
      if (code.isPresent()) {
        return code.get();
      }
    }
    return 1;
  }

  /** The exit code; empty if it was refused. */
  private Optional<Integer> drill(DrillTools tools, DrillPlan plan)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    DrillPage page = new DrillPage(plan, around.colours());
    Drill drill =
        new Drill(
            tools,
            plan,
            moment -> {
              if (!json) {
                out.println(DrillPage.line(moment));
                out.flush();
              }
            });
    try {
      DrillReport report = drill.run();
      (json ? List.of(page.json(report)) : page.verdict(report)).forEach(out::println);
      return report.refused() ? Optional.empty() : Optional.of(report.passed() ? 0 : 1);
    } catch (InterruptedException e) {
      DrillReport report = drill.abort();
      if (json) {
        out.println(page.json(report));
      } else {
        spec.commandLine().getErr().println("interrupted: " + report.left());
      }
      return Optional.of(ended());
    }
  }

  /** The main thread is interrupted, once, and ends the freeze before it ends itself. */
  private void endOnSignals() {
    Thread main = Thread.currentThread();
    Signals.handleEnds(
        code -> {
          if (signalled.compareAndSet(0, code)) {
            main.interrupt();
          }
        });
  }

  private int ended() {
    return signalled.get() == 0 ? 1 : signalled.get();
  }

  private List<Target> targets(Config config, DrillTools tools) throws InterruptedException {
    List<Target> all = DrillSettings.targets(config);
    List<Target> meant =
        all.stream().filter(each -> choice.next || each.name().equals(choice.target)).toList();
    if (meant.isEmpty()) {
      throw unknown(all);
    }
    try {
      return choice.next ? Turn.order(meant, tools.chain().receiver()) : meant;
    } catch (NoAnswerException e) {
      throw CommandFailed.notDone(
          "the receiver does not tell whose turn it is: " + e.why() + ": selfheal verify");
    }
  }

  private static CommandFailed unknown(List<Target> targets) {
    String names = targets.stream().map(Target::name).collect(Collectors.joining(", "));
    return CommandFailed.badInput(
        targets.isEmpty()
            ? "no target can be drilled: only a unit of systemd can be stopped and let go on"
            : "no target that can be drilled has this name: use one of " + names);
  }

  private LoadResult read() throws IOException {
    if (configuration.isAbsent()) {
      Config config = ConfigLoader.defaults(ThisHost.names());
      return new LoadResult.Loaded(config, ConfigLoader.warnings(config));
    }
    return ConfigLoader.loadAlone(configuration.file(), around.environment(), ThisHost::names);
  }
}
