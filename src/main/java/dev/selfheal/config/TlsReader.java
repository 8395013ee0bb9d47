package dev.selfheal.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code tls}. */
final class TlsReader {
  private final FileReaders files;

  TlsReader(FileReaders files) {
    this.files = files;
  }

  Reader<TlsConfig> reader() {
    return Section.reader(this::tls);
  }

  private @Nullable TlsConfig tls(Section section) {
    Path certificate = section.require("cert_file", files.readable());
    Path key = section.require("key_file", files.confidential());
    Path clientCa = section.find("client_ca_file", files.readable());
    return certificate == null || key == null ? null : new TlsConfig(certificate, key, clientCa);
  }
}
