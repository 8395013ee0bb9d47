package dev.selfheal.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The program that runs, to be started once more with another command. */
final class OwnJar {
  private static final String MAIN = "dev.selfheal.cli.Main";

  private OwnJar() {}

  /**
   * An argv that runs a command of this program on this Java.
   *
   * @param scratch an existing folder, where Java and SQLite may leave files
   */
  static List<String> argv(Path scratch, String... command) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    argv.addAll(List.of("-Xms16m", "-Xmx128m"));
    argv.add("-Djava.io.tmpdir=" + scratch);
    argv.add("-Dorg.sqlite.tmpdir=" + scratch);
    argv.addAll(classes(System.getProperty("java.class.path")));
    argv.addAll(List.of(command));
    return argv;
  }

  /** A jar of its own is run as such, for what its manifest says. */
  static List<String> classes(String path) {
    String absolute =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    boolean oneJar = absolute.endsWith(".jar") && !absolute.contains(File.pathSeparator);
    return oneJar ? List.of("-jar", absolute) : List.of("-cp", absolute, MAIN);
  }
}
