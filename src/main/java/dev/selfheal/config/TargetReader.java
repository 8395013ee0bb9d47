package dev.selfheal.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one of {@code targets}. */
final class TargetReader {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");
  private static final String NAME_RULE =
      "must be 1 to 63 letters, digits, dots, hyphens or underscores and begin with a letter or"
          + " digit, because it stands in URLs and metrics";

  /** A leading hyphen would be an option to systemctl; a template has no instance to restart. */
  private static final Pattern UNIT =
      Pattern.compile("(?!.*@\\.service$)[A-Za-z0-9:_.\\\\][A-Za-z0-9:_.@\\\\-]{0,246}\\.service");

  private static final String UNIT_RULE = "must be the name of a service, such as ollama.service";

  /** The name of a service that can be started. */
  static final Reader<String> UNIT_NAME = Scalars.text(UNIT, UNIT_RULE);

  /** A path with slashes must be absolute: what it is relative to would be anyone's guess. */
  private static final Pattern PROGRAM = Pattern.compile("/.+|[^/-][^/]*");

  private static final String PROGRAM_RULE =
      "must be a command's plain name or its absolute path, and no option";

  private static final Reader<String> ARGUMENT =
      Scalars.text(Pattern.compile("[^\\x00]+"), "must not hold a NUL character");

  private final FileReaders files;

  TargetReader(FileReaders files) {
    this.files = files;
  }

  Reader<TargetDraft> reader() {
    return Section.reader(this::target);
  }

  private TargetDraft target(Section section) {
    TargetDraft draft =
        new TargetDraft(
            section,
            section.require("name", Scalars.text(NAME, NAME_RULE)),
            section.require("match", MatchReader.READER),
            section.find("unit", UNIT_NAME),
            section.get("ollama_url", Urls.ofServer(), TargetConfig.DEFAULT_OLLAMA_URL),
            section.find("restart_command", TargetReader::command),
            section.find("textfile", files.path()));
    if (!section.has("unit") && !section.has("restart_command")) {
      section
          .problems()
          .error(section.place(), "needs a unit or a restart_command to be restarted by");
    }
    return draft;
  }

  private static @Nullable List<String> command(Node node, Problems problems) {
    List<String> argv = Reader.atLeastOne("word", Reader.listOf(ARGUMENT)).read(node, problems);
    if (argv == null || problems.concern(node.place().path())) {
      return null;
    }
    Place program = node.place().item(0, node.place().offset());
    if (!PROGRAM.matcher(argv.get(0)).matches()) {
      problems.error(program, PROGRAM_RULE);
    } else if (argv.get(0).startsWith("/") && !Files.isExecutable(Path.of(argv.get(0)))) {
      problems.warning(program, "the program does not exist or is not executable");
    }
    return argv;
  }
}
