package dev.selfheal.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.ssh.SshFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A known_hosts file, as it is now. A line that is neither empty, a comment nor an entry is an
 * error, though OpenSSH passes over it: the entry that it was meant to be would be missed silently.
 */
record KnownHosts(Path file, List<KnownHost> entries) {
  private static final int MOST_BYTES = 1 << 20;

  static KnownHosts read(Path file) throws SshFailure {
    List<KnownHost> entries = new ArrayList<>();
    List<String> lines = content(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(file, i + 1, line));
      }
    }
    return new KnownHosts(file, entries);
  }

  /** The line that has this key revoked, whoever shows it. */
  Optional<KnownHost> revocation(String name, byte[] key) {
    return entries.stream()
        .filter(each -> each.isRevoked() && each.hosts().match(name))
        .filter(each -> each.holds(key))
        .findFirst();
  }

  /** The lines that say what key the host of this name has. */
  List<KnownHost> of(String name) {
    return entries.stream().filter(each -> each.speaksOf(name)).toList();
  }

  /** The kinds of key that the host of this name is known to have. */
  TreeSet<String> types(String name) {
    TreeSet<String> types = new TreeSet<>();
    of(name).forEach(each -> types.add(each.type()));
    return types;
  }

  private static KnownHost entry(Path file, int number, String line) throws SshFailure {
    return KnownHost.parse(number, line)
        .orElseThrow(
            () ->
                unusable(
                    file
                        + " line "
                        + number
                        + " is no entry of a known_hosts file; correct or remove it"));
  }

  private static String content(Path file) throws SshFailure {
    try {
      return new String(SmallFile.read(file, MOST_BYTES), UTF_8);
    } catch (IOException e) {
      throw unusable(e.getMessage() + "; it must hold the host's keys, as ssh-keyscan prints them");
    }
  }

  private static SshFailure unusable(String message) {
    return new SshFailure(Kind.KNOWN_HOSTS_UNUSABLE, message);
  }
}
