package dev.selfheal.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs that the demo runs; all end together. */
final class Programs implements AutoCloseable {
  private final Path folder;
  private final List<Program> all = new ArrayList<>();

  /**
   * @param folder where their logs are
   */
  Programs(Path folder) {
    this.folder = folder;
  }

  /** Starts one more. */
  Program start(String name, List<String> argv, Map<String, String> environment)
      throws IOException {
    Program program = Program.start(name, argv, folder, environment);
    all.add(program);
    return program;
  }

  /**
   * Looks whether all of them run.
   *
   * @throws DemoFailed if one has ended
   */
  void check() throws DemoFailed {
    for (Program program : all) {
      if (!program.isAlive()) {
        throw DemoFailed.notShown("the " + program.name() + " has ended: look at its log, below");
      }
    }
  }

  /** The ends of all logs. */
  List<String> lastLines() {
    return all.stream().flatMap(program -> program.lastLines().stream()).toList();
  }

  @Override
  public void close() {
    all.forEach(Program::terminate);
    all.forEach(Program::awaitEnd);
  }
}
