package dev.selfheal.ollama;

import dev.selfheal.ollama.ApiAnswer.Silent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** A server that is asked over HTTP: no redirect is followed, and no proxy used. */
public final class HttpOllamaServer implements OllamaServer {
  private static final int MOST_VERSION_BYTES = 64 << 10;
  private static final int MOST_LIST_BYTES = 4 << 20;

  /** Of a model that another server computes there are a few hundred bytes. */
  private static final long LEAST_MODEL_BYTES = 1 << 20;

  private final OllamaSession session;
  private final LongSupplier ticker;

  /**
   * @param base scheme, host and port
   * @param ticker nanoseconds of a steady clock
   * @throws IllegalArgumentException if the URL has no host
   */
  public HttpOllamaServer(URI base, LongSupplier ticker) {
    this.session = new OllamaSession(base);
    this.ticker = ticker;
  }

  @Override
  public ApiAnswer version(Duration limit) throws InterruptedException {
    Reply<byte[]> reply = get("/api/version", MOST_VERSION_BYTES, limit);
    if (!(reply instanceof Reply.Given<byte[]> given)) {
      return new Silent(why(reply));
    }
    return given.status() == 200
        ? VersionAnswer.read(given.body())
        : new Silent("status " + given.status() + " instead of 200");
  }

  @Override
  public Optional<List<PsModel>> loaded(Duration limit) throws InterruptedException {
    return models(get("/api/ps", MOST_LIST_BYTES, limit));
  }

  @Override
  public Optional<List<PsModel>> installed(Duration limit) throws InterruptedException {
    Reply<byte[]> reply = get("/api/tags", MOST_LIST_BYTES, limit);
    if (reply instanceof Reply.Missing<byte[]> || reply instanceof Reply.Refused<byte[]>) {
      return Optional.empty();
    }
    return Optional.of(
        models(reply).orElse(List.of()).stream()
            .filter(model -> model.size() >= LEAST_MODEL_BYTES)
            .toList());
  }

  @Override
  public CompletableFuture<OneToken.Result> ask(OneToken question, Duration limit) {
    return question.ask(session, limit, ticker);
  }

  @Override
  public Generation generate(PsModel model, Duration limit) {
    return Generation.begin(session, model.name(), model.contextLength(), limit);
  }

  private static Optional<List<PsModel>> models(Reply<byte[]> reply) {
    if (reply instanceof Reply.Given<byte[]> given && given.status() == 200) {
      try {
        return Optional.of(PsBody.read(given.body()));
      } catch (OddBodyException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Reply<byte[]> get(String path, int most, Duration limit) throws InterruptedException {
    if (limit.isNegative() || limit.isZero()) {
      return new Reply.Missing<>("no time was left to ask");
    }
    CompletableFuture<Reply<byte[]>> answer = session.get(path, OllamaSession.bytes(most), limit);
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question ends with a value", e);
    }
  }

  private static String why(Reply<byte[]> reply) {
    if (reply instanceof Reply.Missing<byte[]> missing) {
      return missing.why();
    } else if (reply instanceof Reply.Refused<byte[]> refused) {
      return refused.why();
    }
    return reply instanceof Reply.Garbled<byte[]> garbled ? garbled.why() : "no answer";
  }
}
