package dev.selfheal.verify;

import dev.selfheal.remedy.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be proven: the chain as it is configured.
 *
 * @param version of this program, which is the installed one
 */
public record Deployment(
    String version, Receiver receiver, Neighbours neighbours, List<Target> targets) {
  public Deployment {
    targets = List.copyOf(targets);
  }

  /**
   * How the receiver is reached.
   *
   * @param base without a trailing slash
   * @param webhook the secret of the role that delivers alerts
   * @param operator the secret of the role that may do the rest
   * @param certificateOrNull the receiver's own, if it speaks TLS
   */
  public record Receiver(
      URI base, Secrecy webhook, Secrecy operator, @Nullable Path certificateOrNull) {

    /** The address of a route. */
    public URI at(String path) {
      return URI.create(base + path);
    }
  }

  /**
   * A secret, or why there is none to show.
   *
   * @param tokenOrNull null if nobody asks for one, or it cannot be shown
   * @param hindrance why it cannot be shown; empty if nothing is in the way
   * @param mendOrNull what gives it back to those who must have it; null if it is none of a file
   */
  public record Secrecy(
      @Nullable String tokenOrNull, String hindrance, @Nullable String mendOrNull) {

    /**
     * What a check says that needs it and cannot have it.
     *
     * @param stranger whether it is no wonder, because the user who asks has no business with it
     */
    CheckResult missing(boolean stranger) {
      return mendOrNull == null || stranger
          ? new CheckResult.NotApplicable(hindrance)
          : new CheckResult.Failed(hindrance, mendOrNull);
    }

    /** The secret stays out of messages. */
    @Override
    public String toString() {
      return "Secrecy[hidden]";
    }
  }

  /**
   * Who stands beside the receiver.
   *
   * @param alertmanagerOrNull without a trailing slash
   * @param prometheusOrNull without a trailing slash
   * @param nodeExporterOrNull this host's page
   * @param textfileFolderOrNull where this host's node_exporter reads
   * @param exporterTextfile what the exporter of {@code selfheal-exporter.service} writes
   */
  public record Neighbours(
      @Nullable URI alertmanagerOrNull,
      @Nullable URI prometheusOrNull,
      @Nullable URI nodeExporterOrNull,
      @Nullable Path textfileFolderOrNull,
      Path exporterTextfile) {

    Optional<URI> prometheus() {
      return Optional.ofNullable(prometheusOrNull);
    }

    Optional<URI> alertmanager() {
      return Optional.ofNullable(alertmanagerOrNull);
    }

    Optional<URI> nodeExporter() {
      return Optional.ofNullable(nodeExporterOrNull);
    }

    Optional<Path> textfileFolder() {
      return Optional.ofNullable(textfileFolderOrNull);
    }
  }
}
