package dev.selfheal.config;

import java.nio.file.Path;

/**
 * Where incidents and attempts are kept.
 *
 * @param sqlite the database file, an absolute path; it need not exist yet
 */
public record LedgerConfig(Path sqlite) {
  static final LedgerConfig DEFAULT = new LedgerConfig(Path.of("/var/lib/selfheal/ledger.db"));
}
