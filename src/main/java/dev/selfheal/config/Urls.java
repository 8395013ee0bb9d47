package dev.selfheal.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Readers of base URLs, to which a path is appended later; a trailing slash is dropped.
 *
 * <p>No message repeats a URL: one that is refused may hold a password.
 */
final class Urls {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int HIGHEST_PORT = 65535;
  private static final String NOUN = "a URL such as http://127.0.0.1:11434";

  private Urls() {}

  /** A URL of scheme, host and port. */
  static Reader<URI> ofServer() {
    return Scalars.parsed(NOUN, text -> parse(text, false));
  }

  /** A URL that may have a path as well, as behind a reverse proxy. */
  static Reader<URI> withPath() {
    return Scalars.parsed(NOUN, text -> parse(text, true));
  }

  /** A URL that something is posted to, and so has a path. */
  static Reader<URI> ofRoute() {
    return Scalars.parsed(
        NOUN,
        text -> {
          Parsed<URI> url = parse(text, true);
          return url.value() != null && url.value().getRawPath().isEmpty()
              ? Parsed.wrong("must have a path, as http://127.0.0.1:9595/webhook/alertmanager has")
              : url;
        });
  }

  private static Parsed<URI> parse(String text, boolean pathAllowed) {
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      String complaint = complaintAbout(url, pathAllowed);
      return complaint.isEmpty() ? Parsed.of(url) : Parsed.wrong(complaint);
    } catch (URISyntaxException e) {
      return Parsed.wrong("is not a URL: " + e.getReason());
    }
  }

  private static String complaintAbout(URI url, boolean pathAllowed) {
    if (url.getScheme() == null || !SCHEMES.contains(url.getScheme())) {
      return "must begin with http:// or https://";
    }
    if (url.getRawUserInfo() != null) {
      return "must not hold a user name or password";
    }
    if (url.getHost() == null) {
      return "must name a host, of letters, digits, hyphens and dots";
    }
    if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
      return "the port must be from 1 to " + HIGHEST_PORT;
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "must have neither a query (?) nor a fragment (#)";
    }
    return pathAllowed || url.getRawPath().isEmpty() ? "" : "must not have a path";
  }
}
