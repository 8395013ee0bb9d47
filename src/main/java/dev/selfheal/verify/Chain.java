package dev.selfheal.verify;

import dev.selfheal.verify.Deployment.Neighbours;
import dev.selfheal.verify.Deployment.Receiver;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Those who are asked.
 *
 * @param web for everybody but the receiver, which may have a certificate of its own
 * @param prometheusOrNull null where there is none
 * @param alertmanagerOrNull null where there is none
 */
public record Chain(
    Web web,
    ReceiverApi receiver,
    @Nullable PrometheusApi prometheusOrNull,
    @Nullable AlertmanagerApi alertmanagerOrNull) {

  /** Those of a deployment. */
  public static Chain of(Deployment deployment) {
    Web web = new Web(null);
    Neighbours neighbours = deployment.neighbours();
    return new Chain(
        web,
        receiver(deployment.receiver(), web),
        neighbours.prometheus().map(url -> new PrometheusApi(url, web)).orElse(null),
        neighbours.alertmanager().map(url -> new AlertmanagerApi(url, web)).orElse(null));
  }

  private static ReceiverApi receiver(Receiver receiver, Web web) {
    Path certificate = receiver.certificateOrNull();
    return new ReceiverApi(
        receiver, certificate == null ? web : new Web(PinnedCertificate.in(certificate)));
  }

  /** A check that asks Prometheus. */
  Check asking(CheckName name, String target, PrometheusQuestion.Asking asking) {
    return new PrometheusQuestion(name, target, prometheusOrNull, asking);
  }
}
