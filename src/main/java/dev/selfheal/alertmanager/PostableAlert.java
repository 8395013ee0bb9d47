package dev.selfheal.alertmanager;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert of this program's own, as Alertmanager's API takes it in.
 *
 * @param labels what identifies it: whoever posts the same labels again means the same alert
 * @param annotations what describes it to people; a later post replaces them
 * @param startsAt when it began to fire
 * @param endsAtOrNull when it ended; null while it fires: it then ends by itself one {@code
 *     resolve_timeout} after the last post, by Alertmanager's own clock
 * @param generatorUrl where people find more about it
 */
public record PostableAlert(
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    @Nullable Instant endsAtOrNull,
    URI generatorUrl) {

  /** Copies both maps. */
  public PostableAlert {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** When it ended; empty while it fires. */
  public Optional<Instant> endsAt() {
    return Optional.ofNullable(endsAtOrNull);
  }

  /** The same alert, over since then; never before it began. */
  public PostableAlert ended(Instant at) {
    Instant end = at.isBefore(startsAt) ? startsAt : at;
    return new PostableAlert(labels, annotations, startsAt, end, generatorUrl);
  }

  /** Whether people read the same in both, whenever they began and ended. */
  public boolean readsAs(PostableAlert other) {
    return labels.equals(other.labels)
        && annotations.equals(other.annotations)
        && generatorUrl.equals(other.generatorUrl);
  }
}
