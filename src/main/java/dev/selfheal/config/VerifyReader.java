package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code verify}. */
final class VerifyReader {
  private static final String NONE = "none";
  private static final String USUAL_PAGE = "/metrics";

  private final FileReaders files;

  VerifyReader(FileReaders files) {
    this.files = files;
  }

  /** What stands for a neighbour; null for the word {@code none}. */
  private record Given<T>(@Nullable T value) {}

  Reader<VerifyConfig> reader() {
    return Section.reader(this::verify);
  }

  private VerifyConfig verify(Section section) {
    VerifyConfig usual = VerifyConfig.DEFAULT;
    return new VerifyConfig(
        neighbour(section, "prometheus_url", Urls.withPath(), usual.prometheusUrl()),
        page(neighbour(section, "node_exporter_url", Urls.withPath(), usual.nodeExporterUrl())),
        folder(section, usual.textfileFolder()));
  }

  private @Nullable Path folder(Section section, @Nullable Path usual) {
    return neighbour(section, "node_exporter_textfile_folder", files.path(), usual);
  }

  private static @Nullable URI page(@Nullable URI url) {
    return url == null || !url.getRawPath().isEmpty() ? url : URI.create(url + USUAL_PAGE);
  }

  private static <T> @Nullable T neighbour(
      Section section, String key, Reader<T> reader, @Nullable T usual) {
    return section.get(key, orNone(reader), new Given<>(usual)).value();
  }

  private static <T> Reader<Given<T>> orNone(Reader<T> reader) {
    return (node, problems) -> {
      if (node instanceof Node.Scalar scalar && scalar.text().equals(NONE)) {
        return new Given<>(null);
      }
      T value = reader.read(node, problems);
      return value == null ? null : new Given<>(value);
    };
  }
}
