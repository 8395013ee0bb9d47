package dev.selfheal.config;

import dev.selfheal.remedy.Mode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, checked and complete.
 *
 * @param tls null when the receiver speaks plain HTTP
 * @param mode that of all targets that have none of their own
 * @param targets at least one
 * @param alertmanagerUrl without a trailing slash; null when no Alertmanager is to be asked or told
 * @param externalUrl where people reach the receiver, without a trailing slash; null when that is
 *     the address it listens on
 */
public record Config(
    ListenConfig listen,
    AuthConfig auth,
    @Nullable TlsConfig tls,
    @Nullable URI alertmanagerUrl,
    @Nullable URI externalUrl,
    LedgerConfig ledger,
    Mode mode,
    PolicyConfig policy,
    RecoveryConfig recovery,
    List<TargetConfig> targets,
    ExporterConfig exporter,
    VerifyConfig verify) {

  public Config {
    targets = List.copyOf(targets);
  }
}
