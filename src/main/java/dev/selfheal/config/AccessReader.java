package dev.selfheal.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the little of a document that tells how to reach its receiver. */
final class AccessReader {
  private final FileReaders files;

  /** Relative file names are taken to be relative to {@code folder}. */
  AccessReader(Path folder) {
    files = new FileReaders(folder);
  }

  AccessResult read(String document, Map<String, String> environment) {
    Problems problems = new Problems();
    AccessResult found =
        YamlTree.parse(document, problems)
            .map(AccessReader::relevant)
            .map(tree -> new Expansion(environment, problems).expand(tree))
            .map(tree -> Section.reader(this::access).read(tree, problems))
            .orElse(null);
    return found == null || problems.hasErrors()
        ? new AccessResult.Unusable(problems.errors())
        : found;
  }

  /** Without what is not asked for here, so that variables in it may be unset. */
  private static Node relevant(Node document) {
    Node kept = document.only(Set.of("listen", "auth", "tls"));
    if (!(kept instanceof Node.Mapping mapping)) {
      return kept;
    }
    Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
    entries.computeIfPresent("auth", (key, auth) -> auth.only(Set.of("operator_token_file")));
    entries.computeIfPresent("tls", (key, tls) -> tls.only(Set.of()));
    return new Node.Mapping(mapping.place(), entries);
  }

  private AccessResult access(Section section) {
    ListenConfig listen = section.get("listen", ListenReader.READER, ListenConfig.DEFAULT);
    boolean tls = section.has("tls");
    section.find("tls", Section.reader(unused -> tls));
    return new AccessResult.Found(listen, tls, section.find("auth", Section.reader(this::token)));
  }

  private @Nullable Path token(Section auth) {
    return auth.find("operator_token_file", files.path());
  }
}
