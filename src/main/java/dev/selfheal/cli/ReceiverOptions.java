package dev.selfheal.cli;

import dev.selfheal.config.AccessResult;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.ListenConfig;
import dev.selfheal.config.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that tell a command where the receiver is; without any, the configuration does. */
final class ReceiverOptions {
  private static final String NEEDS_URL = "; or say where the receiver is with --url";

  @Mixin private ConfigOption config;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The receiver's address; the configuration file is not read then.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file with the operator's token, instead of the configured one.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "PEM",
      description = "The certificates to trust for https, instead of those of the JDK.")
  private @Nullable Path caFile;

  /**
   * The receiver that is meant.
   *
   * @throws CommandFailed if the options or the configuration do not tell, or a file they name
   *     cannot be read
   */
  Receiver receiver(Map<String, String> environment) {
    if (url != null) {
      return receiver(BaseUrl.parse(url), tokenFile);
    }
    if (config.isAbsent()) {
      return receiver(base("127.0.0.1", 9595, false), tokenFile);
    }
    AccessResult access = ConfigLoader.access(config.file(), environment);
    if (access instanceof AccessResult.Found found) {
      return receiver(base(found), tokenFile == null ? found.operatorTokenFile() : tokenFile);
    }
    throw unusable((AccessResult.Unusable) access);
  }

  private Receiver receiver(URI base, @Nullable Path token) {
    SSLSocketFactory authorities =
        caFile != null && base.getScheme().equals("https") ? Authorities.in(caFile) : null;
    return new Receiver(
        new Address(base, token, token == null ? null : TokenFile.read(token), authorities));
  }

  private URI base(AccessResult.Found found) {
    ListenConfig listen = found.listen();
    if (listen.port() == 0) {
      throw CommandFailed.badInput(
          config.file() + ": listen has port 0, which can be any" + NEEDS_URL);
    }
    return base(reachable(listen.host()), listen.port(), found.tls());
  }

  private static URI base(String host, int port, boolean tls) {
    String bracketed = host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
    return URI.create((tls ? "https://" : "http://") + bracketed + ":" + port);
  }

  /** Who listens on all addresses is reached on loopback. */
  private static String reachable(String host) {
    if (host.equals("0.0.0.0")) {
      return "127.0.0.1";
    }
    return host.contains(":") && host.matches("[0:]+") ? "::1" : host;
  }

  private CommandFailed unusable(AccessResult.Unusable access) {
    String problems =
        access.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
    String where = problems.contains(config.file().toString()) ? "" : config.file() + ": ";
    return CommandFailed.badInput(where + problems + NEEDS_URL);
  }
}
