package dev.selfheal.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * Words why a receiver gave no answer.
 *
 * @param order whether it was told to do something, rather than asked
 * @param patience how long it was waited for
 */
record Silence(Address address, boolean order, Duration patience) {
  private static final String DOUBT =
      "; whether it carried out the order is unknown: see selfheal status";

  CommandFailed of(IOException failure) {
    return CommandFailed.forNow(sentence(failure));
  }

  private String sentence(IOException failure) {
    if (failure instanceof NoRouteToHostException || failure instanceof UnknownHostException) {
      return "cannot reach the host of "
          + address.base()
          + ": check listen in the configuration, or --url";
    }
    if (failure instanceof ConnectException) {
      return "no receiver answers at "
          + address.base()
          + ": is selfheal.service running? (systemctl status selfheal)";
    }
    if (failure instanceof SSLException) {
      return tls(failure);
    }
    String doubt = order ? DOUBT : "";
    return failure instanceof SocketTimeoutException
        ? "no answer from %s within %d s%s".formatted(address.base(), patience.toSeconds(), doubt)
        : "no usable answer from " + address.base() + " (" + failure.getMessage() + ")" + doubt;
  }

  private String tls(IOException failure) {
    return "no trusted connection to "
        + address.base()
        + " ("
        + failure.getMessage()
        + "): give the PEM file of its authority as --ca-file, and as --url the host name that its"
        + " certificate bears";
  }
}
