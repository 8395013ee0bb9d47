package dev.selfheal.cli;

import dev.selfheal.action.Pauser;
import dev.selfheal.app.RealPauser;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What the program finds around it.
 *
 * @param environment the environment variables
 * @param pauser lets time pass between two questions
 * @param colours whether a person looks at the output and likes colours
 */
record Surroundings(Map<String, String> environment, Pauser pauser, boolean colours) {

  /** Colours only on a terminal, and not if {@code NO_COLOR} is set. */
  static Surroundings real() {
    Map<String, String> environment = System.getenv();
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Surroundings(environment, new RealPauser(), wanted && Ansi.AUTO.enabled());
  }
}
