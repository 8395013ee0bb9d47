package dev.selfheal.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code targets[].ssh}. */
final class SshReader {
  private static final int HIGHEST_PORT = 65535;

  private static final Reader<String> HOST =
      Scalars.parsed(
          "a host",
          text ->
              Hosts.isValid(text)
                  ? Parsed.of(text)
                  : Parsed.wrong("is neither a name nor an address"));

  private static final Reader<String> USER =
      Scalars.text(
          Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}"),
          "must be the name of a user, of letters, digits, dots, hyphens and underscores");

  private final FileReaders files;

  SshReader(FileReaders files) {
    this.files = files;
  }

  Reader<SshConfig> reader() {
    return Section.reader(this::ssh);
  }

  private @Nullable SshConfig ssh(Section section) {
    String host = section.require("host", HOST);
    int port = section.get("port", Scalars.integer(1, HIGHEST_PORT), SshConfig.DEFAULT_PORT);
    String user = section.require("user", USER);
    Path identity = section.require("identity_file", files.privateKey());
    Path known = section.require("known_hosts", files.guarded());
    List<String> command = section.find("command", Argv.REMOTE);
    if (host == null || user == null || identity == null || known == null) {
      return null;
    }
    String quoted = command == null ? null : ShellWords.quote(command);
    return new SshConfig(host, port, user, identity, known, quoted);
  }
}
