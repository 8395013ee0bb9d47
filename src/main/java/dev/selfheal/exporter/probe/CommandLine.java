package dev.selfheal.exporter.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The arguments of a process, from {@code /proc/PID/cmdline} or from text joined with spaces. */
record CommandLine(List<String> argv) {
  CommandLine {
    argv = List.copyOf(argv);
  }

  /** Reads arguments with a NUL after each, or with spaces between if there is no NUL. */
  static CommandLine parse(String text) {
    String separator = text.indexOf('\0') >= 0 ? "\0" : " ";
    return new CommandLine(
        Stream.of(text.split(separator)).map(String::strip).filter(s -> !s.isEmpty()).toList());
  }

  /** The file name of the program; empty for a process without arguments. */
  String program() {
    return argv.isEmpty() ? "" : fileName(argv.get(0));
  }

  /** All arguments, with a space between. */
  String joined() {
    return String.join(" ", argv);
  }

  boolean has(String option) {
    return argv.contains(option);
  }

  /**
   * The value of an option, {@code --port 1} or {@code --port=1}. In joined text a value may have
   * been torn apart by its spaces, so all up to the next option belong to it.
   */
  Optional<String> value(String option) {
    int at = argv.indexOf(option);
    if (at >= 0) {
      List<String> words =
          argv.stream().skip(at + 1L).takeWhile(word -> !word.startsWith("-")).toList();
      return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }
    String start = option + "=";
    return argv.stream()
        .filter(word -> word.startsWith(start))
        .map(word -> word.substring(start.length()))
        .findFirst();
  }

  /** What stands after the last slash of a path. */
  static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
