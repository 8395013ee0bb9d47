package dev.selfheal.config;

import java.nio.file.Path;

/** Reads {@code ledger}: {@code sqlite:FILE}. */
final class LedgerReader {
  private static final String PREFIX = "sqlite:";
  private static final String NOUN = "sqlite:FILE such as sqlite:/var/lib/selfheal/ledger.db";

  private final FileReaders files;

  LedgerReader(FileReaders files) {
    this.files = files;
  }

  Reader<LedgerConfig> reader() {
    return Scalars.parsed(NOUN, this::parse);
  }

  private Parsed<LedgerConfig> parse(String text) {
    String file = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
    if (file.isBlank() || file.startsWith("//")) {
      return Parsed.wrong("must be " + NOUN);
    }
    if (file.startsWith(":") || file.contains("?")) {
      return Parsed.wrong("must name a file, with neither an option (?) nor :memory:");
    }
    Parsed<Path> path = files.resolve(file);
    Path resolved = path.value();
    return resolved == null
        ? Parsed.wrong(path.complaint())
        : Parsed.of(new LedgerConfig(resolved));
  }
}
