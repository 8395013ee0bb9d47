package dev.selfheal.dispatch.injection;

import dev.selfheal.ollama.ApiAnswer;
import dev.selfheal.ollama.Generation;
import dev.selfheal.ollama.OllamaServer;
import dev.selfheal.ollama.OneToken;
import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The API of a fake server, as a visitor meets it. */
final class Answers implements OllamaServer {
  private static final String MODEL = "llama";
  private static final long SIZE = 4_000_000_000L;

  private final World world;
  private final Server server;

  Answers(Server server) {
    this.world = server.world;
    this.server = server;
  }

  @Override
  public ApiAnswer version(Duration limit) throws InterruptedException {
    if (server.gone() || !server.answers() || world.mishap(0.02)) {
      world.sleep(shorter(limit, Duration.ofMillis(100)), false);
      return new ApiAnswer.Silent("nothing came");
    }
    world.sleep(Duration.ofMillis(5), false);
    return new ApiAnswer.Answering("0.13.0");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public Optional<List<PsModel>> loaded(Duration limit) throws InterruptedException {
    world.sleep(Duration.ofMillis(5), false);
    if (server.gone() || !server.answers()) {
      return Optional.empty();
    }
    return Optional.of(server.loaded() ? List.of(model()) : List.of());
  }

  @Override
  public Optional<List<PsModel>> installed(Duration limit) throws InterruptedException {
    world.sleep(Duration.ofMillis(5), false);
    return server.gone() || !server.answers() ? Optional.empty() : Optional.of(List.of(model()));
  }

  private PsModel model() {
    return new PsModel(
        MODEL, "", world.clock.instant().plusSeconds(300), SIZE, server.onGpu ? SIZE : 0, 4096);
  }

  @Override
  public Generation generate(PsModel model, Duration limit) {
    throw new AssertionError("an attempt asks for no long text");
  }

  @Override
  public CompletableFuture<OneToken.Result> ask(OneToken question, Duration limit) {
    Question asked = new Question();
    Future<?> unused = world.after(world.dice.seconds(0.2, 2), () -> asked.consider(server));
    Future<?> unusedEither =
        world.after(limit, () -> asked.complete(new OneToken.Result.Missing("no whole answer")));
    return asked;
  }

  /** A question to a model. To wait for it takes time of this world. */
  private final class Question extends CompletableFuture<OneToken.Result> {
    void consider(Server server) {
      if (isDone()) {
        return;
      }
      if (server.gone() || !server.answers()) {
        complete(new OneToken.Result.Missing("connection refused"));
      } else if (server.declines != 0) {
        complete(new OneToken.Result.Declined(server.declines, "status " + server.declines));
      } else if (server.computes()) {
        complete(new OneToken.Result.Computed());
      } else {
        var unused = world.after(Duration.ofSeconds(2), () -> consider(server));
      }
    }

    @Override
    public OneToken.Result get(long time, TimeUnit unit)
        throws InterruptedException, TimeoutException {
      long left = unit.toMillis(time);
      while (!isDone() && left > 0) {
        world.sleep(Duration.ofMillis(100), false);
        left -= 100;
      }
      if (!isDone()) {
        throw new TimeoutException();
      }
      return join();
    }
  }
}
