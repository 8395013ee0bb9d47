package dev.selfheal.exporter.direct;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that is told directly.
 *
 * @param url of its webhook, with the path
 * @param token read anew for each request, so that a secret can be replaced; null if none is asked
 *     for
 * @param repeat how often it hears that a freeze still lasts, 10 s to 10 min
 * @param labels by which it finds its target
 */
public record Webhook(URI url, @Nullable Token token, Duration repeat, Map<String, String> labels) {

  public Webhook {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Where a token is kept. */
  @FunctionalInterface
  public interface Token {

    /**
     * Reads it.
     *
     * @throws IOException if it cannot be read; the message says what to do, and never the token
     */
    String read() throws IOException;
  }
}
