package dev.selfheal.cli;

import dev.selfheal.action.Pauser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a run of the program left behind. */
record Ran(int code, String out, String err) {

  /** Runs it where no time passes. */
  static Ran with(String... args) {
    return in(new Surroundings(Map.of(), time -> {}, false), args);
  }

  static Ran pausing(Pauser pauser, String... args) {
    return in(new Surroundings(Map.of(), pauser, false), args);
  }

  static Ran in(Surroundings around, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(around, new PrintWriter(out), new PrintWriter(err), args);
    return new Ran(code, out.toString(), err.toString());
  }
}
