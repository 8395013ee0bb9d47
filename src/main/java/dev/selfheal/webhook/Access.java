package dev.selfheal.webhook;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Decides who may use a route. */
final class Access {

  /** Without secrets only names of this very machine are served: a browser may be deceived. */
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0(:0){6}:1])\\.?(:\\d{1,5})?");

  private final Supplier<Credentials> credentials;
  private final boolean loopback;

  /**
   * @param credentials those of the moment
   * @param loopback whether only this machine can connect
   */
  Access(Supplier<Credentials> credentials, boolean loopback) {
    this.credentials = credentials;
    this.loopback = loopback;
  }

  /**
   * Lets a request pass, or not.
   *
   * @throws HttpError 401, 403 or 421, with a sentence for whoever configured the sender
   */
  void check(Context request, Set<Role> wanted) {
    Credentials now = credentials.get();
    if (now.none()) {
      checkHost(request);
    } else if (!isOpen(wanted)) {
      checkRole(now, request, wanted);
    }
  }

  /** Whether a route is open to everybody, although there are secrets. */
  boolean isOpen(Set<Role> wanted) {
    return wanted.contains(Role.OPEN) || (wanted.contains(Role.METRICS) && loopback);
  }

  private static void checkHost(Context request) {
    String host = Optional.ofNullable(request.header("Host")).orElse("");
    if (!LOCAL_HOST.matcher(host).matches()) {
      throw new HttpError(
          421,
          "without auth in its configuration this receiver answers only to localhost, 127.0.0.1"
              + " and [::1] in the Host header");
    }
  }

  private static void checkRole(Credentials credentials, Context request, Set<Role> wanted) {
    String header = Optional.ofNullable(request.header("Authorization")).orElse("");
    Set<Role> proven = credentials.proven(header);
    if (proven.isEmpty()) {
      credentials
          .challenges()
          .forEach(challenge -> request.res().addHeader("WWW-Authenticate", challenge));
      throw new HttpError(
          401,
          header.isEmpty()
              ? "this needs an Authorization header: see auth in the receiver's configuration"
              : "the token or password is not one of this receiver's");
    }
    boolean allowed = wanted.contains(Role.METRICS) || proven.stream().anyMatch(wanted::contains);
    if (!allowed) {
      throw new HttpError(403, "this needs the role " + names(wanted) + ": use its token");
    }
  }

  private static String names(Set<Role> wanted) {
    return String.join(
        " or ", wanted.stream().map(r -> r.name().toLowerCase(java.util.Locale.ROOT)).toList());
  }
}
