package dev.selfheal.config;

import dev.selfheal.remedy.Mode;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the document as a whole. */
final class ConfigReader {
  private static final String LOCAL = "local";

  private final AuthReader auth;
  private final TlsReader tls;
  private final LedgerReader ledger;
  private final ExporterReader exporter;
  private final VerifyReader verify;
  private final TargetReader target;
  private final Supplier<List<String>> hostNames;

  /**
   * @param hostNames what {@code targets: local} stands for
   */
  ConfigReader(FileReaders files, Supplier<List<String>> hostNames) {
    this.hostNames = hostNames;
    auth = new AuthReader(files);
    tls = new TlsReader(files);
    ledger = new LedgerReader(files);
    exporter = new ExporterReader(files);
    verify = new VerifyReader(files);
    target = new TargetReader(files);
  }

  Reader<Config> reader() {
    return Section.reader(section -> config(section, exporter -> targets(section)));
  }

  /**
   * Of a host that names no targets, because another host's receiver heals it: its target is what
   * its exporter looks at.
   */
  Reader<Config> ofHost() {
    return Section.reader(
        section ->
            config(section, exporter -> List.of(TargetConfig.of(exporter, hostNames.get()))));
  }

  private Config config(Section section, Function<ExporterConfig, List<TargetConfig>> targets) {
    ExporterConfig exporting = section.get("exporter", exporter.reader(), ExporterConfig.DEFAULT);
    Mode mode = section.get("mode", PermissionConfig.MODE, Mode.ACT);
    Config config =
        new Config(
            section.get("listen", ListenReader.READER, ListenConfig.DEFAULT),
            section.get("auth", auth.reader(), AuthConfig.NONE),
            section.find("tls", tls.reader()),
            section.find("alertmanager_url", Urls.withPath()),
            section.find("external_url", Urls.withPath()),
            section.get("ledger", ledger.reader(), LedgerConfig.DEFAULT),
            mode,
            section.get("policy", PolicyReader.READER, PolicyConfig.DEFAULT),
            section.get("recovery", RecoveryReader.READER, RecoveryConfig.DEFAULT),
            targets.apply(exporting),
            exporting,
            section.get("verify", verify.reader(), VerifyConfig.DEFAULT));
    checkExposure(config, section);
    return config;
  }

  private List<TargetConfig> targets(Section section) {
    if (!section.has("targets")) {
      section.problems().error(section.place("targets"), "at least one target is needed");
    }
    return section.get("targets", this::targets, List.of());
  }

  /** A list, or {@code local}: the one target that there is without any file. */
  private @Nullable List<TargetConfig> targets(Node node, Problems problems) {
    if (node instanceof Node.Scalar word && word.text().equals(LOCAL)) {
      return List.of(TargetConfig.builtIn(hostNames.get()));
    }
    List<TargetDraft> drafts =
        Reader.atLeastOne("target", Reader.listOf(target.reader())).read(node, problems);
    if (drafts == null) {
      return null;
    }
    TargetConflicts.report(drafts, problems);
    return drafts.stream().map(TargetDraft::complete).filter(Objects::nonNull).toList();
  }

  private static void checkExposure(Config config, Section section) {
    Problems problems = section.problems();
    if (config.listen().isLoopback() || problems.concern("auth")) {
      return;
    }
    if (config.auth().isOpen()) {
      problems.error(
          section.place("listen"),
          "anyone who reaches this address could restart Ollama; configure auth, or listen on"
              + " 127.0.0.1");
    } else if (!section.has("tls")) {
      problems.warning(
          section.place("listen"),
          "without tls the secrets of auth cross the network in clear text");
    }
  }
}
