package dev.selfheal.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names and addresses, judged by their text: nothing here asks a name server. */
final class Hosts {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern NUMBERS = Pattern.compile("[\\d.]+");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,15})?");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  private Hosts() {}

  static boolean isValid(String host) {
    boolean spelledOut = host.contains(":") || NUMBERS.matcher(host).matches();
    return spelledOut ? address(host).isPresent() : NAME.matcher(host).matches();
  }

  /** Whether only this machine can be meant; of names this is true for localhost alone. */
  static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || address(host).map(InetAddress::isLoopbackAddress).orElse(false);
  }

  /** The address that the text spells; empty when it is a name or nothing valid. */
  private static Optional<InetAddress> address(String host) {
    boolean literal =
        IPV4.matcher(host).matches() || (host.contains(":") && IPV6.matcher(host).matches());
    try {
      return literal ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
