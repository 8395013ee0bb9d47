package dev.selfheal.drill;

import dev.selfheal.action.Host;
import dev.selfheal.ollama.Generation;
import dev.selfheal.ollama.PsModel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The request that waits while the server is frozen. It is asked of the smallest model that is in
 * memory, or else on the disk.
 */
final class OwnRequest implements AutoCloseable {
  private static final Duration LIST = Duration.ofSeconds(5);

  private final Host host;
  private final PsModel model;
  private final Duration limit;
  private Generation generation;

  private OwnRequest(Host host, PsModel model, Duration limit, Generation generation) {
    this.host = host;
    this.model = model;
    this.limit = limit;
    this.generation = generation;
  }

  /** There is no model that a request could wait for. */
  static final class NoModelException extends Exception {
    private static final long serialVersionUID = 1L;

    NoModelException(String why) {
      super(why);
    }
  }

  /**
   * Asks, and waits for the first piece of the text.
   *
   * @param patience for loading a model, if none is in memory
   * @param limit how long the request may last
   */
  static OwnRequest begin(Host host, Duration patience, Duration limit, LongSupplier ticker)
      throws NoModelException, InterruptedException {
    long began = ticker.getAsLong();
    String why = "there is none: ollama pull a small one";
    for (PsModel model : candidates(host)) {
      Duration left = patience.minusNanos(ticker.getAsLong() - began);
      if (left.isNegative() || left.isZero()) {
        break;
      }
      Generation generation = host.server().generate(model, limit);
      if (generation.awaitFirst(left)) {
        return new OwnRequest(host, model, limit, generation);
      }
      why = model.name() + " gave no text: " + generation.why();
      generation.close();
    }
    throw new NoModelException("no model answers a request, so nobody would wait: " + why);
  }

  /** Those in memory first. A model that only embeds declines, and the next one is asked. */
  private static List<PsModel> candidates(Host host) throws InterruptedException, NoModelException {
    Optional<List<PsModel>> loaded = host.server().loaded(LIST);
    Optional<List<PsModel>> installed = host.server().installed(LIST);
    if (loaded.isEmpty() && installed.isEmpty()) {
      throw new NoModelException("its API does not answer, so there is nothing to freeze");
    }
    return Stream.concat(smallestFirst(loaded), smallestFirst(installed)).toList();
  }

  private static Stream<PsModel> smallestFirst(Optional<List<PsModel>> models) {
    return models.stream().flatMap(List::stream).sorted(Comparator.comparingLong(PsModel::size));
  }

  /** Who is asked. */
  PsModel model() {
    return model;
  }

  /** Asks again, if the text came to its end before the freeze: somebody must wait. */
  void keepWaiting() {
    if (generation.ended()) {
      generation.close();
      generation = host.server().generate(model, limit);
    }
  }

  /** Hangs up. */
  @Override
  public void close() {
    generation.close();
  }
}
