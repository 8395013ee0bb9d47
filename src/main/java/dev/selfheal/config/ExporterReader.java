package dev.selfheal.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code exporter}. */
final class ExporterReader {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The rules take an exporter for dead that has not looked for a minute. */
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(15);

  private static final Duration LONGEST_STALL = Duration.ofDays(1);
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}");

  private final FileReaders files;

  ExporterReader(FileReaders files) {
    this.files = files;
  }

  Reader<ExporterConfig> reader() {
    return Section.reader(this::exporter);
  }

  private ExporterConfig exporter(Section section) {
    ExporterConfig fallback = ExporterConfig.DEFAULT;
    return new ExporterConfig(
        section.get("interval", Scalars.duration(SHORTEST, LONGEST_INTERVAL), fallback.interval()),
        new ExporterConfig.Files(
            section.get("textfile", textfile(), fallback.files().textfile()),
            section.get("state", files.path(), fallback.files().state())),
        ollama(section),
        section.get(
            "thresholds", Section.reader(ExporterReader::thresholds), fallback.thresholds()),
        new ExporterConfig.Reactions(
            section.get("canary", Scalars.truth(), fallback.reactions().canary()),
            section.find("webhook", new DirectReader(files).reader())));
  }

  private static ExporterConfig.Ollama ollama(Section section) {
    ExporterConfig.Ollama fallback = ExporterConfig.DEFAULT.ollama();
    return new ExporterConfig.Ollama(
        section.get("ollama_url", Urls.ofServer(), fallback.url()),
        section.get("unit", TargetReader.UNIT_NAME, fallback.unit()),
        section.find("process", Scalars.parsed("a regular expression", ExporterReader::regex)),
        section.find(
            "label",
            Scalars.text(LABEL, "must be 1 to 63 letters, digits, dots, hyphens or underscores")));
  }

  private static ExporterConfig.Thresholds thresholds(Section section) {
    ExporterConfig.Thresholds fallback = ExporterConfig.DEFAULT.thresholds();
    Reader<Duration> stall = Scalars.duration(SHORTEST, LONGEST_STALL);
    return new ExporterConfig.Thresholds(
        section.get("gpu", stall, fallback.gpu()),
        section.get("stopped", stall, fallback.stopped()),
        section.get("api_dead", stall, fallback.apiDead()),
        section.get("cpu", stall, fallback.cpu()),
        section.get("cpu_blind", stall, fallback.cpuBlind()),
        section.get("scheduler", stall, fallback.scheduler()),
        section.get("load", stall, fallback.load()));
  }

  private Reader<Path> textfile() {
    return (node, problems) -> {
      Path file = files.path().read(node, problems);
      if (file != null && !file.toString().endsWith(".prom")) {
        problems.error(node.place(), "must end in .prom: node_exporter reads no other files");
        return null;
      }
      return file;
    };
  }

  private static Parsed<String> regex(String text) {
    try {
      return Parsed.of(Pattern.compile(text).pattern());
    } catch (PatternSyntaxException e) {
      return Parsed.wrong("is not a regular expression: " + e.getDescription());
    }
  }
}
