package dev.selfheal.action;

import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.Generation;
import dev.selfheal.ollama.HttpOllamaServer;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.ssh.SshFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A server of another host, which is asked through the SSH connection to it. For one thread. */
final class ForwardedServer implements OllamaServer {
  private static final int USUAL_PORT = 11434;

  private final SshLine line;
  private final URI url;
  private final LongSupplier nanoTime;
  private @Nullable HttpOllamaServer server;
  private int number;
  private String why = "";
  private boolean denied;

  /**
   * @param url as seen from that host
   */
  ForwardedServer(SshLine line, URI url, LongSupplier nanoTime) {
    this.line = line;
    this.url = url;
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<String> barred() {
    return denied ? Optional.of(why) : Optional.empty();
  }

  @Override
  public ApiAnswer version(Duration limit) throws InterruptedException {
    long began = nanoTime.getAsLong();
    OllamaServer open = open(limit);
    return open == null ? new ApiAnswer.Silent(why) : open.version(left(limit, began));
  }

  @Override
  public Optional<List<PsModel>> loaded(Duration limit) throws InterruptedException {
    long began = nanoTime.getAsLong();
    OllamaServer open = open(limit);
    return open == null ? Optional.empty() : open.loaded(left(limit, began));
  }

  @Override
  public Optional<List<PsModel>> installed(Duration limit) throws InterruptedException {
    long began = nanoTime.getAsLong();
    OllamaServer open = open(limit);
    return open == null ? Optional.empty() : open.installed(left(limit, began));
  }

  /** Through the way that an earlier question has opened. */
  @Override
  public Generation generate(PsModel model, Duration limit) {
    OllamaServer open = server;
    if (open == null || line.number() != number) {
      throw new IllegalStateException("nothing was asked before over this way");
    }
    return open.generate(model, limit);
  }

  @Override
  public CompletableFuture<OneToken.Result> ask(OneToken question, Duration limit) {
    OllamaServer open = server;
    return open == null || line.number() != number
        ? CompletableFuture.completedFuture(new OneToken.Result.Missing(why))
        : open.ask(question, limit);
  }

  /** The port that was opened ends with the connection, and so does what is known of it. */
  private @Nullable OllamaServer open(Duration limit) throws InterruptedException {
    if (server != null && line.number() == number) {
      return server;
    }
    long began = nanoTime.getAsLong();
    denied = false;
    Optional<String> closed = line.reach(limit);
    if (closed.isPresent()) {
      server = null;
      why = closed.get();
      return null;
    }
    try {
      int port = url.getPort() > 0 ? url.getPort() : USUAL_PORT;
      server = new HttpOllamaServer(line.forward(host(), port, left(limit, began)), nanoTime);
      number = line.number();
    } catch (SshFailure e) {
      server = null;
      why = SshLine.why(e);
      denied = e.kind() == SshFailure.Kind.FORWARDING_DENIED;
    }
    return server;
  }

  private Duration left(Duration limit, long began) {
    Duration left = limit.minusNanos(nanoTime.getAsLong() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** An address of IPv6 stands in brackets in a URL, and nowhere else. */
  private String host() {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }
}
