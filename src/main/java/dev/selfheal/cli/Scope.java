package dev.selfheal.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One target or all of them, as an order names them. */
final class Scope {

  @Parameters(
      paramLabel = "TARGET",
      arity = "1",
      description = "The target's name, as selfheal status shows it.")
  private @Nullable String target;

  @Option(names = "--all", required = true, description = "All targets.")
  private boolean all;

  /** The API's path for an order to these targets. */
  String path(String order) {
    return target == null || all
        ? "/api/v1/" + order
        : "/api/v1/targets/" + TargetName.inPath(target) + "/" + order;
  }

  /** What the order is about, and whether it is one or several: "gpu-01 is", "all targets are". */
  String subject() {
    return target == null || all ? "all targets are" : Harmless.text(target) + " is";
  }

  /** The arguments that name the same targets again. */
  String words() {
    return target == null || all ? "--all" : Harmless.text(target);
  }
}
