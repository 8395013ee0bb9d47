package dev.selfheal.cli;

import dev.selfheal.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where a receiver is, and how to prove oneself to it.
 *
 * @param base without a trailing slash
 * @param tokenFile where the token is from; null when there is none
 * @param secret the token itself; null when there is none
 * @param authorities whose signature makes its certificate good; null for those of the JDK
 */
record Address(
    URI base,
    @Nullable Path tokenFile,
    @Nullable Secret secret,
    @Nullable SSLSocketFactory authorities) {

  Optional<Secret> token() {
    return Optional.ofNullable(secret);
  }

  Optional<SSLSocketFactory> trust() {
    return Optional.ofNullable(authorities);
  }
}
