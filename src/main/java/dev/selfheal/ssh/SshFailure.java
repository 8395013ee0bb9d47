package dev.selfheal.ssh;

/** Why there is no connection: one line that says what, where, and what to do. */
public final class SshFailure extends Exception {
  private final Kind kind;

  /** What is in the way. */
  public enum Kind {
    /**
     * The name is unknown, there is no route, the port is closed, or the host is silent or ends the
     * connection before it has logged anybody in.
     */
    UNREACHABLE,
    /** Something answers that this client cannot or will not speak with. */
    PROTOCOL,
    /** The file of known hosts has no key for this host. */
    HOST_KEY_UNKNOWN,
    /** The file of known hosts has other keys for this host, or has this one revoked. */
    HOST_KEY_CHANGED,
    /** The host does not let this user in with this key. */
    DENIED,
    /** The private key is missing, open to others, encrypted, or of a form that is not read. */
    KEY_UNUSABLE,
    /** The file of known hosts is missing, may not be read, or is something else. */
    KNOWN_HOSTS_UNUSABLE,
    /** The host lets this user in, but does not let him go where he wants to be forwarded to. */
    FORWARDING_DENIED
  }

  SshFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  SshFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is in the way. */
  public Kind kind() {
    return kind;
  }
}
