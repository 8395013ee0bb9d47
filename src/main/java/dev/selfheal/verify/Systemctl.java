package dev.selfheal.verify;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Systemd, asked by its own command. */
public final class Systemctl implements Systemd {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final CommandRunner commands;

  /** Asks through these commands. */
  public Systemctl(CommandRunner commands) {
    this.commands = commands;
  }

  @Override
  public UnitAnswer show(String unit) throws InterruptedException {
    String properties = "LoadState,ActiveState,UnitFileState,User";
    return UnitAnswer.parse(
        output(List.of("systemctl", "--no-pager", "show", "-p", properties, "--", unit)));
  }

  /**
   * In the mode {@code triggering}, which systemd allows for stops alone, and only says so after
   * polkit has allowed the restart.
   */
  @Override
  public String askForRestart(String unit, Optional<String> user) throws InterruptedException {
    List<String> argv = new ArrayList<>();
    user.ifPresent(name -> argv.addAll(List.of("runuser", "-u", name, "--")));
    argv.addAll(
        List.of(
            "systemctl", "--no-ask-password", "try-restart", "--job-mode=triggering", "--", unit));
    return output(argv);
  }

  @Override
  public boolean mayRead(Path file, String user) throws InterruptedException {
    List<String> argv = List.of("runuser", "-u", user, "--", "test", "-r", file.toString());
    return !(commands.run(argv, LIMIT) instanceof CommandResult.Exited exited
        && exited.status() == 1);
  }

  private String output(List<String> argv) throws InterruptedException {
    CommandResult result = commands.run(argv, LIMIT);
    if (result instanceof CommandResult.Exited exited) {
      return exited.output();
    }
    return result instanceof CommandResult.NotStarted never
        ? never.why()
        : argv.get(0) + " did not answer in time";
  }
}
