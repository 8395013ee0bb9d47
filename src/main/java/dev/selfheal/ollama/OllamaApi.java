package dev.selfheal.ollama;

import java.net.URI;
import java.time.Duration;

/** The API of Ollama servers, as far as it is needed to see that one answers. */
public interface OllamaApi {

  /**
   * Asks a server for its version once, and waits for the answer. Whatever the network or the other
   * side does is an answer, not an exception.
   *
   * @param base scheme, host and port of the server
   * @param limit the time for everything, from connecting to the last byte
   * @throws InterruptedException if the thread was interrupted; the question is given up
   */
  ApiAnswer ask(URI base, Duration limit) throws InterruptedException;
}
