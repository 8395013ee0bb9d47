package dev.selfheal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's entry point, and the only place that ends the process. */
@Command(
    name = "selfheal",
    description = "Keeps Ollama hosts answering: restarts a frozen one, once, within its budget.",
    footer = {
      "",
      "Exit code: 0 good, 1 what was checked or asked for failed, 2 wrong usage or configuration."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the program and exits with its code: 0 done, 1 failed, 2 bad usage or configuration. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // Digits of other scripts are for people, not for programs.
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs the program without ending the process, and returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(Surroundings.real(), out, err, args);
  }

  /** The same in these surroundings. */
  static int run(Surroundings around, PrintWriter out, PrintWriter err, String... args) {
    int code = commandLine(around).setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    return code;
  }

  private static CommandLine commandLine(Surroundings around) {
    OneLineErrors errors = new OneLineErrors();
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion.getCommandSpec().usageMessage().hidden(true); // The package runs it, once.
    return new CommandLine(new Main())
        .addSubcommand(completion)
        .addSubcommand(new ServeCommand())
        .addSubcommand(new ExporterCommand(around))
        .addSubcommand(new CheckConfigCommand(around))
        .addSubcommand(new VerifyCommand(around))
        .addSubcommand(new DrillCommand(around))
        .addSubcommand(new DemoCommand(around))
        .addSubcommand(new StatusCommand(around))
        .addSubcommand(new PauseCommand(around))
        .addSubcommand(new ResumeCommand(around))
        .addSubcommand(new RestartCommand(around))
        .addSubcommand(new ApproveCommand(around))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
