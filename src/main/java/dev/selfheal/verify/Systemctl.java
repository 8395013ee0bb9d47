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
    return ask(user, "try-restart", "--job-mode=triggering", "--", unit);
  }

  /**
   * A service that runs has no control process, and URG is a signal that nobody heeds: systemd says
   * so after polkit has allowed the kill.
   */
  @Override
  public String askForKill(String unit, Optional<String> user) throws InterruptedException {
    return ask(user, "kill", "--kill-who=control", "-s", "URG", "--", unit)
        + "\n"
        + askForRestart(unit, user);
  }

  @Override
  public String askForStart(String unit, Optional<String> user) throws InterruptedException {
    return ask(user, "start", "--job-mode=triggering", "--", unit);
  }

  private String ask(Optional<String> user, String... words) throws InterruptedException {
    List<String> argv = new ArrayList<>(as(user));
    argv.addAll(List.of("systemctl", "--no-ask-password"));
    argv.addAll(List.of(words));
    return output(argv);
  }

  @Override
  public boolean forbidsSudo(String unit) throws InterruptedException {
    List<String> argv =
        List.of("systemctl", "--no-pager", "show", "-p", "NoNewPrivileges", "--", unit);
    return output(argv).strip().equals("NoNewPrivileges=yes");
  }

  /** By {@code sudo -l COMMAND}, which ends with 0 if it is allowed. */
  @Override
  public Optional<String> askSudo(List<String> command, Optional<String> user)
      throws InterruptedException {
    List<String> argv = new ArrayList<>(as(user));
    argv.addAll(List.of("sudo", "-n", "-l", "--"));
    argv.addAll(command);
    CommandResult result = commands.run(argv, LIMIT);
    if (result instanceof CommandResult.Exited exited && exited.status() == 0) {
      return Optional.empty();
    }
    return words(argv, result).strip().lines().findFirst().or(() -> Optional.of("not allowed"));
  }

  private static List<String> as(Optional<String> user) {
    return user.map(name -> List.of("runuser", "-u", name, "--")).orElse(List.of());
  }

  @Override
  public boolean mayRead(Path file, String user) throws InterruptedException {
    List<String> argv = List.of("runuser", "-u", user, "--", "test", "-r", file.toString());
    return !(commands.run(argv, LIMIT) instanceof CommandResult.Exited exited
        && exited.status() == 1);
  }

  private String output(List<String> argv) throws InterruptedException {
    return words(argv, commands.run(argv, LIMIT));
  }

  private static String words(List<String> argv, CommandResult result) {
    if (result instanceof CommandResult.Exited exited) {
      return exited.output();
    }
    return result instanceof CommandResult.NotStarted never
        ? never.why()
        : argv.get(0) + " did not answer in time";
  }
}
