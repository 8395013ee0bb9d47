package dev.selfheal.ollama;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One Ollama server, as far as an attempt to restart it has questions. */
public interface OllamaServer {

  /**
   * Asks for its version once. Whatever the network or the other side does is an answer.
   *
   * @param limit the time for everything, from connecting to the last byte
   * @throws InterruptedException if the thread was interrupted; the question is given up
   */
  ApiAnswer version(Duration limit) throws InterruptedException;

  /** Why no question from here may ever reach it, as an earlier one has found; empty otherwise. */
  default Optional<String> barred() {
    return Optional.empty();
  }

  /** The models in its memory; empty if it does not say. */
  Optional<List<PsModel>> loaded(Duration limit) throws InterruptedException;

  /**
   * The models on its disk, without those that another server computes; empty if nobody answers.
   */
  Optional<List<PsModel>> installed(Duration limit) throws InterruptedException;

  /**
   * Asks a model for a long text, and does not wait.
   *
   * @param limit after which it hangs up in any case
   */
  Generation generate(PsModel model, Duration limit);

  /** Asks a model for one token, and does not wait. The future always completes with a value. */
  CompletableFuture<OneToken.Result> ask(OneToken question, Duration limit);
}
