package dev.selfheal.cli;

import dev.selfheal.demo.Demo;
import dev.selfheal.demo.DemoFailed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows on this machine how a frozen Ollama heals itself. */
@Command(
    name = "demo",
    description =
        "Shows how a frozen Ollama heals itself: on this machine, without root, GPU, Ollama or Prometheus.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Option(names = "--fast", description = "Scale times down, so that all is over in a minute.")
  private boolean fast;

  @Option(
      names = "--with-prometheus",
      description =
          "Let the alert go through Prometheus and Alertmanager, which must be installed.")
  private boolean prometheus;

  DemoCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    boolean live = around.colours() && !"dumb".equals(around.environment().get("TERM"));
    Demo demo =
        new Demo(
            new Demo.Wish(fast, prometheus),
            new Demo.Audience(spec.commandLine().getOut(), live, around.environment()));
    try {
      demo.check();
      Signals.handleEnds(demo::stop);
      return demo.run();
    } catch (DemoFailed e) {
      e.details().forEach(line -> spec.commandLine().getErr().println("  " + Harmless.text(line)));
      throw e.exitCode() == 2
          ? CommandFailed.badInput(e.sentence())
          : CommandFailed.notDone(e.sentence());
    } catch (IOException e) {
      throw CommandFailed.notDone(e + ": the demo cannot be played on this machine");
    }
  }
}
