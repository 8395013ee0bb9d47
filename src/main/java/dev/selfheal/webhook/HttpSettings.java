package dev.selfheal.webhook;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the receiver listens.
 *
 * @param port 0 lets the system choose
 * @param loopback whether only this machine can connect
 * @param credentials those of the moment
 * @param tlsOrNull null for plain HTTP
 * @param silence a sender that is silent for so long is hung up on
 */
public record HttpSettings(
    String host,
    int port,
    boolean loopback,
    Supplier<Credentials> credentials,
    @Nullable Tls tlsOrNull,
    Duration silence) {

  /** How long senders may be silent outside of tests. */
  public static final Duration USUAL_SILENCE = Duration.ofSeconds(20);
}
