package dev.selfheal.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where an Alertmanager's API answers, made of configured values alone.
 *
 * @param alerts lists the alerts in every state
 * @param posts takes in alerts
 * @param status tells since when it runs
 */
record ApiAddresses(URI alerts, URI posts, URI status) {
  private static final String STATUS = "/api/v2/status";
  private static final String POSTS = "/api/v2/alerts";
  private static final String ALERTS =
      POSTS + "?active=true&silenced=true&inhibited=true&unprocessed=true";

  // Names that mean themselves in Alertmanager's regular expressions and in its quoted strings.
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_:-]+");

  /**
   * Returns the addresses below a base, which may have a path of its own.
   *
   * @throws IllegalArgumentException if the base is not an http or https address of a host, or has
   *     a user, a query or a fragment
   */
  static ApiAddresses below(URI base, Set<String> alertnames) {
    String scheme = String.valueOf(base.getScheme());
    boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!web || base.getHost() == null) {
      throw refused("expected http://HOST:PORT or https://HOST:PORT");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw refused("it must not have a user, a query or a fragment");
    }
    String root = base.toString().replaceFirst("/+$", "");
    return new ApiAddresses(
        URI.create(root + ALERTS + filter(alertnames)),
        URI.create(root + POSTS),
        URI.create(root + STATUS));
  }

  /** Asks for these names only, where that needs no quoting; the answer is filtered here anyway. */
  private static String filter(Set<String> alertnames) {
    boolean plain = alertnames.stream().allMatch(name -> PLAIN_NAME.matcher(name).matches());
    if (alertnames.isEmpty() || !plain) {
      return "";
    }
    String matcher = "alertname=~\"" + String.join("|", new TreeSet<>(alertnames)) + '"';
    return "&filter=" + URLEncoder.encode(matcher, UTF_8);
  }

  // Without the address: a user in it would bring a password into the log.
  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("The Alertmanager URL cannot be used: " + why + ".");
  }
}
