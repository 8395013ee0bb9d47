package dev.selfheal.exporter.probe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.ollama.PsModel;
import dev.selfheal.ollama.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which file holds the weights of a loaded model, which is what a runner's command line
 * names. Asks once for each model, and only where several are loaded: one alone needs no telling
 * apart.
 */
final class BlobNames {
  private static final int MOST_BYTES = 4 << 20;
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** How many rounds later it is asked again after a question without a good answer. */
  private static final int AGAIN = 12;

  private static final JsonMapper JSON = new JsonMapper();

  private final OllamaSession session;
  private final Map<Key, Known> known = new ConcurrentHashMap<>();
  private int round;

  private record Key(String name, String digest) {}

  /**
   * What is known of a model.
   *
   * @param again the round in which to ask again; 0 for never
   */
  private record Known(Optional<String> blob, int again) {}

  BlobNames(OllamaSession session) {
    this.session = session;
  }

  /** The models with the names that are known by now. Asks for the others, and does not wait. */
  List<LoadedModel> name(List<PsModel> rows) {
    round++;
    known.keySet().retainAll(rows.stream().map(BlobNames::key).collect(Collectors.toSet()));
    if (rows.size() > 1) {
      rows.stream().map(BlobNames::key).filter(this::isDue).forEach(this::ask);
    }
    return rows.stream().map(row -> named(row, known.get(key(row)))).toList();
  }

  private boolean isDue(Key key) {
    Known found = known.get(key);
    return found == null || (found.again() > 0 && found.again() <= round);
  }

  private void ask(Key key) {
    known.put(key, new Known(Optional.empty(), round + AGAIN));
    ObjectNode question = JSON.createObjectNode().put("model", key.name());
    CompletableFuture<Void> unused =
        session
            .post(
                "/api/show",
                question.toString().getBytes(StandardCharsets.UTF_8),
                OllamaSession.bytes(MOST_BYTES),
                LIMIT)
            .thenAccept(reply -> take(key, reply));
  }

  private void take(Key key, Reply<byte[]> reply) {
    if (reply instanceof Reply.Given<byte[]> given && given.status() == 200) {
      try {
        Known found = new Known(ShowBody.read(given.body()), 0);
        known.computeIfPresent(key, (same, before) -> found);
      } catch (OddBodyException e) {
        // It is asked again later; until then the model has no name, which is allowed.
      }
    }
  }

  private static LoadedModel named(PsModel model, @Nullable Known found) {
    return new LoadedModel(
        model.name(),
        model.expiresAt(),
        model.size(),
        model.sizeVram(),
        model.contextLength(),
        found == null ? null : found.blob().orElse(null));
  }

  private static Key key(PsModel row) {
    return new Key(row.name(), row.digest());
  }
}
