package dev.selfheal.ollama;

import dev.selfheal.http.BoundedBody;
import dev.selfheal.http.DirectClient;
import dev.selfheal.http.NoAnswer;
import dev.selfheal.ollama.Reply.Garbled;
import dev.selfheal.ollama.Reply.Given;
import dev.selfheal.ollama.Reply.Missing;
import dev.selfheal.ollama.Reply.Refused;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A standing connection to one Ollama server, for a program that asks it again and again: each
 * question goes over a connection that an earlier one left open. Follows no redirect, uses no
 * proxy. Safe for use by many threads.
 */
public final class OllamaSession {
  private final String base;
  private final HttpClient http;

  /**
   * @param base scheme, host and port of the server
   * @param threads where answers are taken apart
   * @throws IllegalArgumentException if the URL has no host
   */
  public OllamaSession(URI base, Executor threads) {
    this(base, DirectClient.builder().executor(threads));
  }

  /** The same with threads of its own, which end when it is forgotten. */
  OllamaSession(URI base) {
    this(base, DirectClient.builder());
  }

  private OllamaSession(URI base, HttpClient.Builder http) {
    if (base.getHost() == null) {
      throw new IllegalArgumentException("the URL of the server names no host");
    }
    this.base = base.getScheme() + "://" + base.getRawAuthority();
    this.http = http.build();
  }

  /** Takes a body as it is, if it is not longer than this. */
  public static BodyHandler<byte[]> bytes(int limitBytes) {
    return head -> new BoundedBody(limitBytes);
  }

  /**
   * Asks for a page, and does not wait. The future always completes with a value; whoever cancels
   * it hangs up.
   *
   * @param path of the server, a constant of the caller
   * @param limit the time for everything, from connecting to the last byte
   */
  public <T> CompletableFuture<Reply<T>> get(String path, BodyHandler<T> body, Duration limit) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build(), body, limit);
  }

  /** The same with a JSON document for the server. */
  public <T> CompletableFuture<Reply<T>> post(
      String path, byte[] json, BodyHandler<T> body, Duration limit) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    return send(request, body, limit);
  }

  private <T> CompletableFuture<Reply<T>> send(
      HttpRequest request, BodyHandler<T> body, Duration limit) {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
    // The time-out of a request ends with the head of its answer. This one ends with the body, and
    // hangs up.
    CompletableFuture<Void> alarm =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
    CompletableFuture<Void> hangUp = alarm.thenRun(() -> answer.cancel(true));
    CompletableFuture<Reply<T>> told =
        answer.handle(
            (given, failure) -> {
              hangUp.cancel(false);
              alarm.cancel(false);
              return given == null
                  ? judge(failure, limit)
                  : new Given<>(given.statusCode(), given.body());
            });
    CompletableFuture<Reply<T>> unused =
        told.whenComplete((reply, failure) -> answer.cancel(true)); // if the asker gave it up
    return told;
  }

  private static <T> Reply<T> judge(@Nullable Throwable failure, Duration limit) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof CancellationException) {
      return new Missing<>(NoAnswer.late(limit).why());
    }
    String why = NoAnswer.of(cause, limit).why();
    if (cause instanceof ConnectException) {
      return new Refused<>(why);
    }
    return isGarbled(cause) ? new Garbled<>(why) : new Missing<>(why);
  }

  /** Whether somebody spoke, though not as an Ollama would. */
  private static boolean isGarbled(@Nullable Throwable cause) {
    return cause instanceof SSLException
        || cause instanceof ProtocolException
        || cause instanceof BoundedBody.TooLargeException;
  }
}
