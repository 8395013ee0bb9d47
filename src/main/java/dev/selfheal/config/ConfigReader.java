package dev.selfheal.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads the document as a whole. */
final class ConfigReader {
  private final AuthReader auth;
  private final TlsReader tls;
  private final LedgerReader ledger;
  private final ExporterReader exporter;
  private final TargetReader target;

  /** Relative file names are taken to be relative to {@code folder}. */
  ConfigReader(Path folder) {
    FileReaders files = new FileReaders(folder);
    auth = new AuthReader(files);
    tls = new TlsReader(files);
    ledger = new LedgerReader(files);
    exporter = new ExporterReader(files);
    target = new TargetReader(files);
  }

  Reader<Config> reader() {
    return Section.reader(this::config);
  }

  private Config config(Section section) {
    // Nothing but act gets this far; the other modes are unsupported.
    section.find("mode", Scalars.text(Pattern.compile("act"), "must be act"));
    Config config =
        new Config(
            section.get("listen", ListenReader.READER, ListenConfig.DEFAULT),
            section.get("auth", auth.reader(), AuthConfig.NONE),
            section.find("tls", tls.reader()),
            section.find("alertmanager_url", Urls.withPath()),
            section.find("external_url", Urls.withPath()),
            section.get("ledger", ledger.reader(), LedgerConfig.DEFAULT),
            section.get("policy", PolicyReader.READER, PolicyConfig.DEFAULT),
            section.get("recovery", RecoveryReader.READER, RecoveryConfig.DEFAULT),
            targets(section),
            section.get("exporter", exporter.reader(), ExporterConfig.DEFAULT));
    checkExposure(config, section);
    return config;
  }

  private List<TargetConfig> targets(Section section) {
    if (!section.has("targets")) {
      section.problems().error(section.place("targets"), "at least one target is needed");
    }
    List<TargetDraft> drafts =
        section.get(
            "targets", Reader.atLeastOne("target", Reader.listOf(target.reader())), List.of());
    TargetConflicts.report(drafts, section.problems());
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
