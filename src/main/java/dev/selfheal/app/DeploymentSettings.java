package dev.selfheal.app;

import dev.selfheal.action.LocalCommandRunner;
import dev.selfheal.config.AuthConfig;
import dev.selfheal.config.Config;
import dev.selfheal.config.ListenConfig;
import dev.selfheal.config.Secrets;
import dev.selfheal.ssh.JschClient;
import dev.selfheal.verify.Deployment;
import dev.selfheal.verify.Deployment.Neighbours;
import dev.selfheal.verify.Deployment.Secrecy;
import dev.selfheal.verify.Senses;
import dev.selfheal.verify.Systemctl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code selfheal verify} has to prove, and what it looks with. */
public final class DeploymentSettings {
  /** The group of those who deliver alerts. */
  private static final String DELIVERING = "selfheal-webhook";

  private static final String RESTART_ALERTMANAGER =
      "; systemctl restart prometheus-alertmanager.service";

  private DeploymentSettings() {}

  /**
   * The chain of a configuration.
   *
   * @param version of this program
   */
  public static Deployment of(Config config, String version) {
    AuthConfig auth = config.auth();
    return new Deployment(
        version,
        new Deployment.Receiver(
            base(config),
            secrecy(auth, auth.webhookTokenFile(), DELIVERING),
            secrecy(auth, auth.operatorTokenFile(), "selfheal"),
            config.tls() == null ? null : config.tls().certificateFile()),
        new Neighbours(
            config.alertmanagerUrl(),
            config.verify().prometheusUrl(),
            config.verify().nodeExporterUrl(),
            config.verify().textfileFolder(),
            config.exporter().files().textfile()),
        Settings.managed(config).targets());
  }

  /** This machine's own time, commands and SSH. */
  public static Senses senses() {
    return new Senses(
        new Systemctl(new LocalCommandRunner(RealTime.ticker())),
        new JschClient(RealTime.ticker()),
        RealTime.clock(),
        new RealPauser(),
        System.getProperty("user.name", ""));
  }

  private static URI base(Config config) {
    ListenConfig listen = config.listen();
    String host = reachable(listen.host());
    String bracketed = host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
    String scheme = config.tls() == null ? "http://" : "https://";
    return URI.create(scheme + bracketed + ":" + listen.port());
  }

  /** Who listens on all addresses is reached on loopback. */
  private static String reachable(String host) {
    if (host.equals("0.0.0.0")) {
      return "127.0.0.1";
    }
    return host.contains(":") && host.matches("[0:]+") ? "::1" : host;
  }

  /**
   * A role's secret.
   *
   * @param group who must be able to read the file, as the package gives it
   */
  private static Secrecy secrecy(AuthConfig auth, @Nullable Path file, String group) {
    if (file == null) {
      String passwords = "auth has no token file for this role, and passwords are not known";
      return new Secrecy(null, auth.isOpen() ? "" : passwords, null);
    }
    try {
      return new Secrecy(Secrets.read(file).reveal(), "", null);
    } catch (IOException e) {
      return new Secrecy(null, String.valueOf(e.getMessage()), mend(file, group));
    }
  }

  /** Alertmanager shows the webhook's token, and must be able to read the new one. */
  private static String mend(Path file, String group) {
    return ("a lost one: (umask 077; openssl rand -hex 32 > %1$s); then, or if it is there:"
            + " chown root:%2$s %1$s; chmod 640 %1$s; systemctl reload selfheal.service%3$s")
        .formatted(file, group, group.equals(DELIVERING) ? RESTART_ALERTMANAGER : "");
  }
}
