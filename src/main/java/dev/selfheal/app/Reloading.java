package dev.selfheal.app;

import dev.selfheal.config.Config;
import dev.selfheal.config.LoadResult;
import dev.selfheal.config.Problem;
import dev.selfheal.config.TlsConfig;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.webhook.Credentials;
import dev.selfheal.webhook.Tls;
import dev.selfheal.webhook.TlsException;
import dev.selfheal.webhook.TlsFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration of the moment. A reload changes all of it, or none. */
final class Reloading {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final Supplier<LoadResult> reread;
  private final Consumer<Config> change;
  private final @Nullable Tls tls;
  private volatile Current current;

  private record Current(Config config, Managed managed, Credentials credentials) {}

  /**
   * @param change is told of a configuration that counts from now on
   * @throws StartupException if a secret or a certificate cannot be read
   */
  Reloading(Startup startup, Consumer<Config> change) throws StartupException {
    this.reread = startup.reread();
    this.change = change;
    List<String> problems = new ArrayList<>();
    this.current = current(startup.config(), problems);
    if (!problems.isEmpty()) {
      throw StartupException.configuration(String.join("; ", problems));
    }
    this.tls = tls(startup.config());
  }

  private static @Nullable Tls tls(Config config) throws StartupException {
    TlsConfig files = config.tls();
    if (files == null) {
      return null;
    }
    try {
      return Tls.load(new TlsFiles(files.certificateFile(), files.keyFile(), files.clientCaFile()));
    } catch (TlsException e) {
      throw StartupException.configuration(String.valueOf(e.getMessage()));
    }
  }

  private static Current current(Config config, List<String> problems) {
    return new Current(
        config, Settings.managed(config), Settings.credentials(config.auth(), problems));
  }

  Config config() {
    return current.config();
  }

  Managed managed() {
    return current.managed();
  }

  /** The certificates that the server shows; null for plain HTTP. */
  @Nullable Tls tls() {
    return tls;
  }

  Credentials credentials() {
    return current.credentials();
  }

  /** Reads the configuration again; returns every problem, and changes nothing if there is one. */
  synchronized List<String> reload() {
    List<String> problems = new ArrayList<>();
    try {
      readAgain(problems);
    } catch (RuntimeException e) {
      LOG.error("an error of the receiver keeps it from reloading", e);
      problems.add("the receiver met an error of its own (" + e + "): report it");
    }
    if (problems.isEmpty()) {
      LOG.info("configuration reloaded; targets: {}", managed().targets().size());
    } else {
      LOG.error("the old configuration stays: {}", String.join("; ", problems));
    }
    return problems;
  }

  private void readAgain(List<String> problems) {
    LoadResult read = reread.get();
    if (read instanceof LoadResult.Loaded loaded) {
      checkRestarts(loaded.config(), problems);
      Current next = current(loaded.config(), problems);
      if (problems.isEmpty()) {
        readCertificatesAgain(problems);
      }
      if (problems.isEmpty()) {
        adopt(next);
        loaded.warnings().forEach(warning -> LOG.warn("configuration: {}", warning));
      }
    } else if (read instanceof LoadResult.Rejected rejected) {
      rejected.problems().stream().map(Problem::toString).forEach(problems::add);
    }
  }

  /** The last to be checked, because new certificates count at once. */
  private void readCertificatesAgain(List<String> problems) {
    try {
      if (tls != null) {
        tls.reload();
      }
    } catch (TlsException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whoever is told of the change reads it from here, so it counts first, and may be taken back.
   */
  private void adopt(Current next) {
    Current before = current;
    current = next;
    try {
      change.accept(next.config());
    } catch (RuntimeException e) {
      current = before;
      change.accept(before.config());
      throw e;
    }
  }

  private void checkRestarts(Config next, List<String> problems) {
    Config now = current.config();
    needsRestart("listen", now.listen(), next.listen(), problems);
    needsRestart("tls", now.tls(), next.tls(), problems);
    needsRestart("ledger", now.ledger(), next.ledger(), problems);
    if (now.auth().isOpen() != next.auth().isOpen()) {
      problems.add("auth: to begin or end to ask for secrets, restart the service");
    }
  }

  private static void needsRestart(
      String key, @Nullable Object now, @Nullable Object next, List<String> problems) {
    if (!Objects.equals(now, next)) {
      problems.add(key + ": to change this, restart the service");
    }
  }
}
