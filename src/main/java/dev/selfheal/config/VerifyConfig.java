package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code selfheal verify} finds the neighbours of this host.
 *
 * @param prometheusUrl without a trailing slash; null where there is no Prometheus to ask
 * @param nodeExporterUrl the page of this host's node_exporter, with its path; null for none
 * @param textfileFolder where node_exporter reads its textfiles; null where that cannot be seen
 */
public record VerifyConfig(
    @Nullable URI prometheusUrl, @Nullable URI nodeExporterUrl, @Nullable Path textfileFolder) {

  /** What Debian's packages do. */
  static final VerifyConfig DEFAULT =
      new VerifyConfig(
          URI.create("http://127.0.0.1:9090"),
          URI.create("http://127.0.0.1:9100/metrics"),
          Path.of("/var/lib/prometheus/node-exporter"));
}
