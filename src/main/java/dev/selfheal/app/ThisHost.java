package dev.selfheal.app;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names and addresses under which this machine may appear in an alert's {@code instance}. */
public final class ThisHost {

  private ThisHost() {}

  /** Host name, fully qualified name, {@code localhost}, and every address; at least one. */
  public static List<String> names() {
    Set<String> names = new LinkedHashSet<>(List.of("localhost"));
    try {
      InetAddress self = InetAddress.getLocalHost();
      names.add(self.getHostName());
      names.add(self.getCanonicalHostName());
    } catch (UnknownHostException e) {
      // A host whose name does not resolve still has its addresses.
    }
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
          .forEach(names::add);
    } catch (SocketException e) {
      names.add(InetAddress.getLoopbackAddress().getHostAddress());
    }
    return new ArrayList<>(names);
  }
}
