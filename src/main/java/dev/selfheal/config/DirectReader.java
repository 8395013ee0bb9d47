package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code exporter.webhook}. */
final class DirectReader {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration USUAL = Duration.ofMinutes(1);

  /** A receiver withdraws an alert after three repeats; more than this is no longer news. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final FileReaders files;

  DirectReader(FileReaders files) {
    this.files = files;
  }

  Reader<ExporterConfig.Webhook> reader() {
    return Section.reader(this::webhook);
  }

  private ExporterConfig.@Nullable Webhook webhook(Section section) {
    URI url = section.require("url", Urls.ofRoute());
    Duration repeat = section.get("repeat", Scalars.duration(SHORTEST, LONGEST), USUAL);
    Map<String, String> labels = section.require("labels", DirectReader::labels);
    Path token = section.find("token_file", files.token());
    return url == null || labels == null
        ? null
        : new ExporterConfig.Webhook(url, token, repeat, labels);
  }

  /**
   * As a target's match asks for them. The name of the alert and the probe's mark are not given.
   */
  private static @Nullable Map<String, String> labels(Node node, Problems problems) {
    Map<String, String> labels = MatchReader.LABELS.read(node, problems);
    if (labels == null) {
      return null;
    }
    for (String reserved : new String[] {"alertname", "selfheal_probe"}) {
      if (labels.containsKey(reserved)) {
        problems.error(node.place(), "must not hold " + reserved + ", which the exporter decides");
        return null;
      }
    }
    return labels;
  }
}
