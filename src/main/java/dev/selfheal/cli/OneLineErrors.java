package dev.selfheal.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells an error in one line: the command, what is wrong with it, and what to do. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String PREFIX = "Error: ";

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String hint = " (see " + name + " --help)";
    print(command, name + ": " + Harmless.text(complaint(e)) + hint);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    String name = command.getCommandSpec().qualifiedName();
    if (e instanceof CommandFailed failed) {
      print(command, name + ": " + failed.sentence());
      return failed.exitCode();
    }
    print(command, name + ": a mistake in this program, please report it:");
    e.printStackTrace(command.getErr());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String complaint(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return complaint(unmatched);
    }
    String message = String.valueOf(e.getMessage());
    return lowerFirst(message.startsWith(PREFIX) ? message.substring(PREFIX.length()) : message);
  }

  private static String complaint(UnmatchedArgumentException e) {
    boolean commands = !e.getCommandLine().getSubcommands().isEmpty();
    String noun =
        e.isUnknownOption() ? "unknown option " : commands ? "unknown command " : "unexpected ";
    List<String> suggestions = e.getSuggestions();
    String hint = suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    return noun + "'" + e.getUnmatched().get(0) + "'" + hint;
  }

  /** As part of a sentence; a word in capitals is a name and stays. */
  private static String lowerFirst(String text) {
    boolean name = text.length() < 2 || Character.isUpperCase(text.charAt(1));
    return name ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println(line);
  }
}
