package dev.selfheal.app;

import dev.selfheal.config.AuthConfig;
import dev.selfheal.config.BasicUser;
import dev.selfheal.config.Config;
import dev.selfheal.config.ExporterConfig;
import dev.selfheal.config.LadderConfig;
import dev.selfheal.config.PolicyConfig;
import dev.selfheal.config.RecoveryConfig;
import dev.selfheal.config.Secrets;
import dev.selfheal.config.SshConfig;
import dev.selfheal.config.TargetConfig;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Permission;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import dev.selfheal.webhook.Credentials;
import dev.selfheal.webhook.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a configuration into what the parts of the program need. */
final class Settings {

  private Settings() {}

  static Managed managed(Config config) {
    return new Managed(
        config.targets().stream().map(target -> target(target, config)).toList(),
        Set.copyOf(config.policy().alerts()),
        config.targets().stream()
            .collect(Collectors.toMap(TargetConfig::name, target -> permission(target, config))),
        new RemediationPolicy(limits(config.policy())));
  }

  private static Permission permission(TargetConfig target, Config config) {
    Mode own = target.permission().mode();
    return new Permission(own == null ? config.mode() : own, target.permission().notDuring());
  }

  private static Target target(TargetConfig target, Config config) {
    return new Target(
        target.name(),
        new Match(target.match(), target.instanceHosts()),
        new Target.Control(
            target.unit(), target.restartCommand(), ssh(target.ssh()), ladder(target.ladder())),
        new Target.Signs(target.ollamaUrl(), textfile(target, config.exporter())),
        limits(config.recovery()));
  }

  private static Ladder ladder(LadderConfig ladder) {
    return new Ladder(
        ladder.steps().stream().map(step -> Action.valueOf(step.name())).toList(),
        ladder.command());
  }

  private static Target.@Nullable Ssh ssh(@Nullable SshConfig ssh) {
    return ssh == null
        ? null
        : new Target.Ssh(
            ssh.host(),
            ssh.port(),
            ssh.user(),
            new Target.SshFiles(ssh.identityFile(), ssh.knownHosts()),
            ssh.command());
  }

  /** The exporter's own file speaks of a target only if both look at one Ollama. */
  private static @Nullable Path textfile(TargetConfig target, ExporterConfig exporter) {
    if (target.textfile() != null) {
      return target.textfile();
    }
    boolean same = target.ssh() == null && target.ollamaUrl().equals(exporter.ollama().url());
    return same ? exporter.files().textfile() : null;
  }

  private static Target.RecoveryLimits limits(RecoveryConfig recovery) {
    return new Target.RecoveryLimits(
        recovery.recheck(), recovery.timeout(), recovery.loadTimeout(), recovery.canary());
  }

  private static PolicyLimits limits(PolicyConfig policy) {
    return new PolicyLimits(
        policy.budgets().stream().map(budget -> new Budget(budget.max(), budget.per())).toList(),
        policy.cooldown(),
        policy.settle(),
        policy.confirmAfter(),
        new FleetLimit(
            policy.fleet().maxConcurrent(), policy.fleet().maxShare(), policy.fleet().per()));
  }

  /** Where people reach the receiver: as configured, or else where it listens. */
  static URI externalUrl(Config config) {
    if (config.externalUrl() != null) {
      return config.externalUrl();
    }
    String host = config.listen().host();
    return URI.create(
        (config.tls() == null ? "http://" : "https://")
            + (host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host)
            + ":"
            + config.listen().port());
  }

  /**
   * The secrets of a configuration.
   *
   * @param problems takes a sentence for each file that cannot be read
   */
  static Credentials credentials(AuthConfig auth, List<String> problems) {
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    put(tokens, Role.WEBHOOK, secret(auth.webhookTokenFile(), problems));
    put(tokens, Role.OPERATOR, secret(auth.operatorTokenFile(), problems));
    List<Credentials.BasicUser> users = new ArrayList<>();
    for (BasicUser user : auth.basicUsers()) {
      secret(user.hashFile(), problems)
          .ifPresent(
              hash -> users.add(new Credentials.BasicUser(user.name(), role(user.role()), hash)));
    }
    return new Credentials(tokens, users);
  }

  private static void put(Map<Role, String> tokens, Role role, Optional<String> token) {
    token.ifPresent(secret -> tokens.put(role, secret));
  }

  private static Optional<String> secret(@Nullable Path file, List<String> problems) {
    try {
      return file == null ? Optional.empty() : Optional.of(Secrets.read(file).reveal());
    } catch (IOException e) {
      problems.add("auth: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Role role(dev.selfheal.config.Role role) {
    return switch (role) {
      case WEBHOOK -> Role.WEBHOOK;
      case OPERATOR -> Role.OPERATOR;
    };
  }
}
