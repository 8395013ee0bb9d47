package dev.selfheal.verify;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A name of a machine, with the addresses that this machine knows for it.
 *
 * @param name in lower case
 * @param addresses empty if the name is not known here
 */
record MachineName(String name, Set<InetAddress> addresses) {
  MachineName {
    addresses = Set.copyOf(addresses);
  }

  /** The host of an address. */
  static MachineName of(URI url) {
    String name = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    try {
      return new MachineName(name, Set.copyOf(List.of(InetAddress.getAllByName(name))));
    } catch (UnknownHostException e) {
      return new MachineName(name, Set.of());
    }
  }

  /** What another machine means by this: by loopback, itself. */
  MachineName seenFrom(MachineName other) {
    boolean elsewhere = !other.isLoopback() && !other.isOfThisMachine();
    return isLoopback() && elsewhere ? other : this;
  }

  /** Whether both are one machine: by name, by address, or because both are this one. */
  boolean same(MachineName other) {
    return name.equals(other.name)
        || addresses.stream().anyMatch(other.addresses::contains)
        || (isLoopback() && other.isOfThisMachine())
        || (isOfThisMachine() && other.isLoopback());
  }

  private boolean isLoopback() {
    return addresses.stream().anyMatch(InetAddress::isLoopbackAddress);
  }

  /** By an address that others see as well. */
  private boolean isOfThisMachine() {
    return addresses.stream().anyMatch(MachineName::isOwn);
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
