package dev.selfheal.config;

import dev.selfheal.remedy.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a configuration file, and finds everything that is wrong with it at once. */
public final class ConfigLoader {
  private static final int MOST_BYTES = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private ConfigLoader() {}

  /**
   * The configuration in {@code file}.
   *
   * @param environment what <code>${NAME}</code> in the file may refer to
   * @param hostNames this host's names and addresses, at least one; asked for by {@code targets:
   *     local} alone
   */
  public static LoadResult load(
      Path file, Map<String, String> environment, Supplier<List<String>> hostNames) {
    FileReaders files = new FileReaders(folderOf(file));
    return load(file, environment, new ConfigReader(files, hostNames).reader());
  }

  /**
   * The same of a file whose own files may be missing, or closed to this user: whoever asks will
   * look at them himself.
   */
  public static LoadResult loadAlone(
      Path file, Map<String, String> environment, Supplier<List<String>> hostNames) {
    FileReaders files = new FileReaders(folderOf(file), true);
    return load(file, environment, new ConfigReader(files, hostNames).reader());
  }

  /**
   * The same of a host whose {@link #isForExporterAlone file is for an exporter alone}: its target
   * is what the exporter looks at.
   */
  public static LoadResult loadHost(
      Path file, Map<String, String> environment, Supplier<List<String>> hostNames) {
    FileReaders files = new FileReaders(folderOf(file), true);
    return load(file, environment, new ConfigReader(files, hostNames).ofHost());
  }

  /**
   * Where the receiver of {@code file} listens. The rest of the file may be wrong, or name files
   * that this user may not read: whoever asks a receiver needs less than the receiver does.
   */
  public static AccessResult access(Path file, Map<String, String> environment) {
    try {
      return new AccessReader(folderOf(file)).read(content(file), environment);
    } catch (IOException e) {
      return new AccessResult.Unusable(List.of(new Problem("", reason(file, e))));
    }
  }

  /**
   * The exporter's section of {@code file}. The rest may be wrong, or name files that the
   * exporter's user may not read.
   */
  public static ExporterResult exporter(Path file, Map<String, String> environment) {
    try {
      return exporter(content(file), folderOf(file), environment);
    } catch (IOException e) {
      return new ExporterResult.Unusable(List.of(new Problem("", reason(file, e))));
    }
  }

  /**
   * Whether {@code file} holds the section {@code exporter}, maybe {@code verify}, and no other.
   */
  public static boolean isForExporterAlone(Path file) {
    try {
      return YamlTree.parse(content(file), new Problems())
          .filter(
              tree ->
                  tree instanceof Node.Mapping mapping
                      && mapping.entries().containsKey("exporter")
                      && Set.of("exporter", "verify").containsAll(mapping.entries().keySet()))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The configuration of a receiver without a file: this host's own Ollama, reached on loopback.
   *
   * @param hostNames this host's names and addresses, at least one
   */
  public static Config defaults(List<String> hostNames) {
    return new Config(
        ListenConfig.DEFAULT,
        AuthConfig.NONE,
        null,
        null,
        null,
        LedgerConfig.DEFAULT,
        Mode.ACT,
        PolicyConfig.DEFAULT,
        RecoveryConfig.DEFAULT,
        List.of(TargetConfig.builtIn(hostNames)),
        ExporterConfig.DEFAULT,
        VerifyConfig.DEFAULT);
  }

  /** What the operator should know of a valid configuration; {@link #load} tells it as well. */
  public static List<Problem> warnings(Config config) {
    return Warnings.of(config);
  }

  private static LoadResult load(
      Path file, Map<String, String> environment, Reader<Config> reader) {
    try {
      return parse(content(file), reader, environment);
    } catch (IOException e) {
      return new LoadResult.Rejected(List.of(new Problem("", reason(file, e))));
    }
  }

  private static LoadResult parse(
      String document, Reader<Config> reader, Map<String, String> environment) {
    Problems problems = new Problems();
    Config config =
        YamlTree.parse(document, problems)
            .map(tree -> new Expansion(environment, problems).expand(tree))
            .map(tree -> Unsupported.remove(tree, problems))
            .map(tree -> reader.read(tree, problems))
            .orElse(null);
    if (config == null || problems.hasErrors()) {
      return new LoadResult.Rejected(problems.errors());
    }
    List<Problem> warnings = new ArrayList<>(problems.warnings());
    warnings.addAll(warnings(config));
    return new LoadResult.Loaded(config, warnings);
  }

  private static ExporterResult exporter(
      String document, Path folder, Map<String, String> environment) {
    Problems problems = new Problems();
    ExporterReader reader = new ExporterReader(new FileReaders(folder));
    ExporterConfig found =
        YamlTree.parse(document, problems)
            .map(tree -> tree.only(Set.of("exporter")))
            .map(tree -> new Expansion(environment, problems).expand(tree))
            .map(tree -> Unsupported.remove(tree, problems))
            .map(tree -> Section.reader(exporterOf(reader)).read(tree, problems))
            .orElse(null);
    return found == null || problems.hasErrors()
        ? new ExporterResult.Unusable(problems.errors())
        : new ExporterResult.Found(found);
  }

  private static Section.Body<ExporterConfig> exporterOf(ExporterReader reader) {
    return section -> section.get("exporter", reader.reader(), ExporterConfig.DEFAULT);
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  private static String content(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than 1 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  private static String reason(Path file, IOException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof NoSuchFileException) {
      reason = "it does not exist";
    } else if (failure instanceof AccessDeniedException) {
      reason = "this user may not read it";
    } else if (failure instanceof CharacterCodingException) {
      reason = "it is not text in UTF-8";
    }
    return "Cannot read the configuration " + file + ": " + reason;
  }
}
