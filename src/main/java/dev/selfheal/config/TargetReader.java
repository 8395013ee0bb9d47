package dev.selfheal.config;

import java.util.regex.Pattern;

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

  private final FileReaders files;
  private final SshReader ssh;

  TargetReader(FileReaders files) {
    this.files = files;
    this.ssh = new SshReader(files);
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
            section.find("restart_command", Argv.LOCAL),
            section.find("textfile", files.path()),
            section.find("ssh", ssh.reader()),
            section.find("ladder", LadderReader.READER),
            PermissionConfig.of(section));
    LadderReader.check(draft);
    if (section.has("ssh")) {
      checkRemote(draft);
    } else if (!section.has("unit") && !section.has("restart_command")) {
      section
          .problems()
          .error(section.place(), "needs a unit or a restart_command to be restarted by");
    }
    return draft;
  }

  /** What is right for a target of this host, and wrong for one of another. */
  private static void checkRemote(TargetDraft draft) {
    Section section = draft.section();
    Problems problems = section.problems();
    if (section.has("restart_command")) {
      problems.error(
          section.place("restart_command"),
          "would run on this host, but the target has ssh; use ssh.command");
    }
    if (section.has("textfile")) {
      problems.error(
          section.place("textfile"), "is a file of this host, but the target has ssh; remove it");
    }
    if (draft.ollamaUrl() != null && "https".equals(draft.ollamaUrl().getScheme())) {
      problems.error(
          section.place("ollama_url"),
          "must begin with http://, because ssh leads there and encrypts already");
    }
    if (draft.ssh() != null && draft.ssh().command() == null && !section.has("unit")) {
      problems.error(section.place(), "needs a unit or an ssh.command to be restarted by");
    }
  }
}
