package dev.selfheal.cli;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Reads the URL of a receiver, given on the command line. No message repeats it: it may hold a
 * password.
 */
final class BaseUrl {
  private static final int HIGHEST_PORT = 65535;

  private BaseUrl() {}

  /**
   * The URL, without a trailing slash.
   *
   * @throws CommandFailed if it is none that a receiver can have
   */
  static URI parse(String text) {
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      String scheme = String.valueOf(url.getScheme());
      boolean good = (scheme.equals("http") || scheme.equals("https")) && isPlain(url);
      if (good) {
        return url;
      }
    } catch (URISyntaxException e) {
      // It is told below what is expected.
    }
    throw CommandFailed.badInput(
        "--url must be like http://127.0.0.1:9595 or https://HOST:PORT, without user, ? or #");
  }

  private static boolean isPlain(URI url) {
    return url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= HIGHEST_PORT
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }
}
