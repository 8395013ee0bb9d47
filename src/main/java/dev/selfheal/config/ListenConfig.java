package dev.selfheal.config;

/**
 * The address the receiver listens on.
 *
 * @param host a host name or an IP address, IPv6 without its brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record ListenConfig(String host, int port) {
  static final ListenConfig DEFAULT = new ListenConfig("127.0.0.1", 9595);

  /**
   * Whether only this machine can connect. Judged by the text alone, because a name that resolves
   * to loopback today may resolve to something else tomorrow.
   */
  public boolean isLoopback() {
    return Hosts.isLoopback(host);
  }
}
