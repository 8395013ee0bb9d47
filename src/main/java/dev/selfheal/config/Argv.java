package dev.selfheal.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Readers of commands: a program and its arguments, word by word. */
final class Argv {
  /** A path with slashes must be absolute: what it is relative to would be anyone's guess. */
  private static final Pattern PROGRAM = Pattern.compile("/.+|[^/-][^/]*");

  private static final String PROGRAM_RULE =
      "must be a command's plain name or its absolute path, and no option";

  private static final Reader<String> ARGUMENT =
      Scalars.text(Pattern.compile("[^\\x00]+"), "must not hold a NUL character");

  /** A command of another host. */
  static final Reader<List<String>> REMOTE = Argv::read;

  /** A command of this host. */
  static final Reader<List<String>> LOCAL = Argv::readLocal;

  private Argv() {}

  private static @Nullable List<String> read(Node node, Problems problems) {
    List<String> argv = Reader.atLeastOne("word", Reader.listOf(ARGUMENT)).read(node, problems);
    if (argv == null || problems.concern(node.place().path())) {
      return null;
    }
    if (!PROGRAM.matcher(argv.get(0)).matches()) {
      problems.error(program(node), PROGRAM_RULE);
    }
    return argv;
  }

  private static @Nullable List<String> readLocal(Node node, Problems problems) {
    List<String> argv = read(node, problems);
    boolean missing =
        argv != null && argv.get(0).startsWith("/") && !Files.isExecutable(Path.of(argv.get(0)));
    if (missing) {
      problems.warning(program(node), "the program does not exist or is not executable");
    }
    return argv;
  }

  private static Place program(Node node) {
    return node.place().item(0, node.place().offset());
  }
}
