package dev.selfheal.ollama;

import dev.selfheal.http.DirectClient;
import dev.selfheal.http.NoAnswer;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.ollama.ApiAnswer.Silent;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks Ollama servers over HTTP. Follows no redirect, uses no proxy, and reads no answer longer
 * than 64 KiB. Safe for use by many threads; costs nothing until the first question.
 */
public final class OllamaClient implements OllamaApi {
  static final int MAX_BODY_BYTES = 64 << 10;

  // Questions come in bursts of a minute, days apart. Before Java 21 only the garbage collector
  // ends an HttpClient's thread, so nothing here may keep the client alive between bursts.
  private WeakReference<@Nullable HttpClient> latest = new WeakReference<>(null);

  @Override
  public ApiAnswer ask(URI base, Duration limit) throws InterruptedException {
    if (limit.isNegative() || limit.isZero()) {
      return new Silent("no time was left to ask");
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(versionOf(base)).timeout(limit).build();
      return judge(DirectClient.await(http(), request, limit, MAX_BODY_BYTES));
    } catch (NoAnswerException e) {
      return new Silent(e.why());
    } catch (UncheckedIOException e) {
      return new Silent(NoAnswer.of(e.getCause(), limit).why());
    } catch (IllegalArgumentException e) {
      return new Silent("its configured URL is not one of a server");
    }
  }

  private static ApiAnswer judge(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 200) {
      return new Silent("status " + answer.statusCode() + " instead of 200");
    }
    return VersionAnswer.read(answer.body());
  }

  private static URI versionOf(URI base) {
    if (base.getHost() == null) {
      throw new IllegalArgumentException("no host");
    }
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/api/version");
  }

  private synchronized HttpClient http() {
    HttpClient http = latest.get();
    if (http == null) {
      http = DirectClient.builder().build();
      latest = new WeakReference<>(http);
    }
    return http;
  }
}
